import CKernels
import Kernels

/// Orthonormal columns that are held fixed together, column after column.
struct ColumnBlock: Sendable {
    private let count: Int
    private var values: [Double] = []
    private(set) var rank = 0

    /// - Parameter capacity: columns for which there is room at once.
    init(count: Int, capacity: Int) {
        self.count = count
        values.reserveCapacity(capacity * count)
    }

    /// - Parameter column: of length 1, and orthogonal to those before it.
    mutating func append(_ column: [Double]) {
        values += column
        rank += 1
    }

    /// Takes from each of `columns`, which lie one after the other, what these columns explain of it.
    ///
    /// - Complexity: O(rows · rank) a column.
    func project(_ columns: inout [Double]) {
        let number = columns.count / max(count, 1)
        guard rank > 0, number > 0 else { return }
        var shares = [Double](repeating: 0, count: rank * number)
        Kernels.current.loops.project(values, rank, &columns, number, count, &shares)
    }

    /// The products of the columns with each of `others`, which lie one after the other: others x rank.
    ///
    /// - Complexity: O(rows · rank) a column.
    func products(with others: [Double]) -> [Double] {
        let number = others.count / max(count, 1)
        var shares = [Double](repeating: 0, count: rank * number)
        Kernels.current.loops.products(values, rank, others, number, count, &shares)
        return shares
    }

    /// Columns of which the longest beside those already taken is taken, again and again.
    ///
    /// The columns stay as they are; the squares of what is left of them are known to some 1e-16 of the whole.
    struct Candidates {
        private let count: Int
        private let columns: [Double]
        /// The square of what is left of each; nil once it is taken.
        private var squares: [Double?]

        /// - Parameter columns: one after the other.
        init(_ columns: [Double], count: Int) {
            (self.count, self.columns) = (count, columns)
            squares = []
            squares = (0..<columns.count / max(count, 1)).map { product(of: $0, with: self[$0]) }
        }

        private subscript(column: Int) -> [Double] { Array(columns[column * count..<(column + 1) * count]) }

        private func product(of column: Int, with other: [Double]) -> Double {
            columns.withUnsafeBufferPointer { columns in
                other.withUnsafeBufferPointer { other in
                    guard let columns = columns.baseAddress, let other = other.baseAddress else { return 0 }
                    return dot(columns + column * count, other, count)
                }
            }
        }

        /// - Returns: the whole column, and about the length that is left of it; nil where there is none.
        mutating func takeLongest() -> (column: [Double], length: Double)? {
            var longest: (place: Int, square: Double)?
            for case (let place, let square?) in squares.enumerated() where square > longest?.square ?? -.infinity {
                longest = (place, square)
            }
            guard let longest else { return nil }
            squares[longest.place] = nil
            return (self[longest.place], max(longest.square, 0).squareRoot())
        }

        /// Notes that a column of length 1 was taken.
        mutating func take(_ column: [Double]) {
            for case (let place, let square?) in squares.enumerated() {
                let share = product(of: place, with: column)
                squares[place] = square - share * share
            }
        }
    }
}
