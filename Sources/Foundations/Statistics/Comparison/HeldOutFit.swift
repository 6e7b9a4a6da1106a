/// Least squares on training rows, with a constant, and its predictions for held-out rows: with all columns, and with
/// all but the last.
///
/// Columns are made orthonormal on the training rows (modified Gram–Schmidt, twice: Björck, Numerical Methods for Least
/// Squares Problems, section 2.4), and the held-out rows go through the same steps. They then need no coefficients, and
/// one pass serves both fits. A column of which less than 1 % of the variance is left, on the training rows, once those
/// before it are accounted for (a variance inflation above 100) adds nothing: its coefficient would be made of a few
/// rows, and throw the predictions of others far off.
/// - Complexity: O(n k²).
struct HeldOutFit {
    /// The length of a column's remainder below which it adds nothing, as a share of the column's.
    private static let leastRemainder = 0.1

    /// Predictions in the order of the held-out rows.
    private(set) var withoutLast: [Double]
    private(set) var withLast: [Double]
    /// Whether something is left of the last column once the others are accounted for.
    private(set) var lastColumnCounts = false
    /// Whether all sums stayed in the range of double precision.
    private(set) var isFinite = true

    init(columns: [[Double]], response: [Double], training: [Int], heldOut: [Int]) {
        let rows = training + heldOut
        let count = training.count
        let mean = training.reduce(0) { $0 + response[$1] } / Double(count)
        let target = training.map { response[$0] - mean }
        withLast = [Double](repeating: mean, count: heldOut.count)
        withoutLast = withLast
        var basis: [[Double]] = []
        for (index, column) in columns.enumerated() {
            if index == columns.count - 1 { withoutLast = withLast }
            let average = training.reduce(0) { $0 + column[$1] } / Double(count)
            var rest = rows.map { column[$0] - average }
            let length = product(rest, rest, count).squareRoot()
            isFinite = isFinite && length.isFinite
            // What is left of a constant by rounding is no column.
            guard length > 1e-13 * abs(average) else { continue }
            for _ in 0..<2 {
                for vector in basis { subtract(product(rest, vector, count), vector, from: &rest) }
            }
            let left = product(rest, rest, count).squareRoot()
            guard left > Self.leastRemainder * length else { continue }
            for row in rest.indices { rest[row] /= left }
            let share = product(rest, target, count)
            for position in heldOut.indices { withLast[position] += share * rest[count + position] }
            basis.append(rest)
            if index == columns.count - 1 { lastColumnCounts = true }
        }
    }
}

/// The sum of products over the first `count` elements.
private func product(_ a: [Double], _ b: [Double], _ count: Int) -> Double {
    precondition(count <= a.count && count <= b.count)
    return a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in count == 0 ? 0 : dot(a.baseAddress!, b.baseAddress!, count) }
    }
}

private func subtract(_ share: Double, _ vector: [Double], from rest: inout [Double]) {
    precondition(vector.count == rest.count)
    rest.withUnsafeMutableBufferPointer { rest in
        vector.withUnsafeBufferPointer { vector in
            for row in rest.indices { rest[row] -= share * vector[row] }
        }
    }
}
