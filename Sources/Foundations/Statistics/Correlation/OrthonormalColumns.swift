/// Orthonormal columns that span some centred columns: what resampling projects on, where a decomposition anew for each
/// resample would cost too much.
///
/// By modified Gram–Schmidt, done twice, after which the columns are orthogonal to rounding (Björck, Numerical Methods
/// for Least Squares Problems, section 2.4). A column of which less than `LinearModel.tolerance` of its length is left
/// depends on those before it and adds none.
/// - Complexity: O(n k²).
struct OrthonormalColumns {
    let count: Int
    /// Column after column.
    private(set) var values: [Double] = []
    /// The number of linearly independent columns.
    private(set) var rank = 0

    init(spanning columns: [[Double]], count: Int) {
        self.count = count
        for column in columns {
            let column = scaled(column)
            var rest = centred(column)
            let mean = column.reduce(0, +) / Double(count)
            let length = dot(rest, rest).squareRoot()
            // A constant that is no binary fraction leaves rounding errors of its mean.
            guard length > 1e-13 * abs(mean) else { continue }
            for _ in 0..<2 {
                for index in 0..<rank {
                    let share = projection(of: rest, on: index)
                    for row in 0..<count { rest[row] -= share * values[index * count + row] }
                }
            }
            let left = dot(rest, rest).squareRoot()
            guard left > LinearModel.tolerance * length else { continue }
            values += rest.map { $0 / left }
            rank += 1
        }
    }

    /// The product of a column with basis column `index`.
    func projection(of column: [Double], on index: Int) -> Double {
        column.withUnsafeBufferPointer { column in
            values.withUnsafeBufferPointer { dot(column.baseAddress!, $0.baseAddress! + index * count, count) }
        }
    }
}

/// The sum of products.
func dot(_ a: [Double], _ b: [Double]) -> Double {
    precondition(a.count == b.count, "columns of \(a.count) and \(b.count) rows")
    return a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in a.isEmpty ? 0 : dot(a.baseAddress!, b.baseAddress!, a.count) }
    }
}

/// The sum of products in eight partial sums, so that the additions do not wait for each other.
func dot(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int) -> Double {
    var sums = SIMD8<Double>()
    var row = 0
    let (rawA, rawB) = (UnsafeRawPointer(a), UnsafeRawPointer(b))
    while row + 8 <= count {
        sums +=
            rawA.loadUnaligned(fromByteOffset: 8 * row, as: SIMD8<Double>.self)
            * rawB.loadUnaligned(fromByteOffset: 8 * row, as: SIMD8<Double>.self)
        row += 8
    }
    var sum = sums.sum()
    while row < count {
        sum += a[row] * b[row]
        row += 1
    }
    return sum
}
