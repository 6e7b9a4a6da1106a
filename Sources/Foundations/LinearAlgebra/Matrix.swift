/// A dense float64 matrix, row-major, as a value.
public struct Matrix: Sendable, Hashable {
    public let rows: Int
    public let columns: Int
    /// rows x columns, row-major.
    public var elements: [Double]

    /// - Precondition: as many elements as the shape has.
    public init(rows: Int, columns: Int, elements: [Double]) {
        precondition(rows >= 0 && columns >= 0 && elements.count == rows * columns)
        self.rows = rows
        self.columns = columns
        self.elements = elements
    }

    /// Every element the same, 0 unless stated.
    public init(rows: Int, columns: Int, repeating value: Double = 0) {
        self.init(rows: rows, columns: columns, elements: [Double](repeating: value, count: rows * columns))
    }

    /// Each element from its row and column, counted from 0.
    public init(rows: Int, columns: Int, element: (_ row: Int, _ column: Int) throws -> Double) rethrows {
        var elements: [Double] = []
        elements.reserveCapacity(rows * columns)
        for row in 0..<rows {
            for column in 0..<columns { elements.append(try element(row, column)) }
        }
        self.init(rows: rows, columns: columns, elements: elements)
    }

    public static func identity(_ size: Int) -> Matrix { diagonal([Double](repeating: 1, count: size)) }

    public static func diagonal(_ values: [Double]) -> Matrix {
        Matrix(rows: values.count, columns: values.count) { $0 == $1 ? values[$0] : 0 }
    }

    public subscript(row: Int, column: Int) -> Double {
        get { elements[row * columns + column] }
        set { elements[row * columns + column] = newValue }
    }

    public func row(_ index: Int) -> ArraySlice<Double> { elements[index * columns..<(index + 1) * columns] }

    public func column(_ index: Int) -> [Double] { (0..<rows).map { self[$0, index] } }

    public var transposed: Matrix { Matrix(rows: columns, columns: rows) { self[$1, $0] } }

    /// The sum of the diagonal.
    public var trace: Double { (0..<min(rows, columns)).reduce(0) { $0 + self[$1, $1] } }

    /// The sum of all squares: the Frobenius norm's square.
    public var squaredNorm: Double { elements.reduce(0) { $0 + $1 * $1 } }

    public var norm: Double { squaredNorm.squareRoot() }

    // MARK: Arithmetic

    /// The matrix product, by OpenBLAS.
    ///
    /// - Precondition: the left one has as many columns as the right one rows.
    /// - Complexity: O(rows · columns · inner).
    public static func * (left: Matrix, right: Matrix) -> Matrix {
        precondition(left.columns == right.rows)
        var product = Matrix(rows: left.rows, columns: right.columns)
        guard !product.elements.isEmpty, left.columns > 0 else { return product }
        _ = BLAS.useOneThread
        product.elements.withUnsafeMutableBufferPointer { result in
            left.elements.withUnsafeBufferPointer { a in
                right.elements.withUnsafeBufferPointer { b in
                    guard let result = result.baseAddress, let a = a.baseAddress, let b = b.baseAddress else { return }
                    BLAS.multiply(
                        a, .no, leadingA: left.columns, b, .no, leadingB: right.columns, into: result,
                        leadingC: right.columns, m: left.rows, n: right.columns, k: left.columns)
                }
            }
        }
        return product
    }

    /// The product with a column.
    public static func * (left: Matrix, right: [Double]) -> [Double] {
        precondition(left.columns == right.count)
        return (0..<left.rows).map { row in zip(left.row(row), right).reduce(0) { $0 + $1.0 * $1.1 } }
    }

    public static func * (factor: Double, matrix: Matrix) -> Matrix { matrix.mapped { factor * $0 } }

    /// - Precondition: equal shapes.
    public static func + (left: Matrix, right: Matrix) -> Matrix { left.combined(right, +) }

    /// - Precondition: equal shapes.
    public static func - (left: Matrix, right: Matrix) -> Matrix { left.combined(right, -) }

    public func mapped(_ change: (Double) -> Double) -> Matrix {
        Matrix(rows: rows, columns: columns, elements: elements.map(change))
    }

    private func combined(_ other: Matrix, _ operation: (Double, Double) -> Double) -> Matrix {
        precondition(rows == other.rows && columns == other.columns)
        return Matrix(rows: rows, columns: columns, elements: zip(elements, other.elements).map(operation))
    }
}
