/// What is held fixed in a least-squares sense: one categorical variable, whose categories cost no column, and further
/// columns, made orthonormal of what the categories leave of them.
///
/// To hold one categorical variable fixed is to take the mean of each category from its rows (the Frisch–Waugh–Lovell
/// theorem). Columns are orthonormal by Gram and Schmidt's method, done twice, after which they are orthogonal to
/// rounding (Björck, Numerical Methods for Least Squares Problems, section 2.4).
package struct HeldColumns {
    /// Rows.
    let count: Int
    private let groups: Groups
    /// Column after column.
    private(set) var values: [Double] = []
    /// The number of linearly independent columns beside the categories.
    package private(set) var rank = 0
    /// The share of a column's length that has to be left of it for it to be no combination of those before it.
    ///
    /// Of a column of which a share s is left, rounding makes an error of 1e-16/s, which a combination of it and others
    /// then leaves: with a share much below the root of 1e-16 the one would be taken for the other.
    static let leastShare = 1e-7
    /// Rows of a block: 32 KiB of a column, which stay in the processor's first cache.
    private static let rows = 4096

    /// Nothing but a constant.
    init(count: Int) { self.init(categories: [Int](repeating: 0, count: count)) }

    /// - Parameter categories: the category of each row, as whole numbers from 0.
    package init(categories: [Int]) {
        count = categories.count
        groups = Groups(categories)
    }

    /// Categories that have a row; 1 where only a constant is held.
    package var categories: Int { groups.occupied }

    /// What is left of the rows once a mean a category and a coefficient a column were fitted.
    package var residualDegrees: Int { count - categories - rank }

    /// Adds what is left of `column`, unless that is nothing.
    ///
    /// - Complexity: O(rows · rank).
    package mutating func add(_ column: [Double]) { add([column]) }

    /// Adds what is left of columns, unless that is nothing: the one of which most is left first, then that of which
    /// this leaves most. What such a choice leaves of a combination is as small as rounding (Björck, section 2.4.3);
    /// in any other order the error of each column of which little was left would grow with the next such one.
    ///
    /// - Complexity: O(rows · columns · (rank + columns)).
    package mutating func add(_ columns: [[Double]]) {
        // What is left of each, in units of the whole, and the square of its length.
        var rests = columns.compactMap { column -> (rest: [Double], square: Double)? in
            let column = scaled(column)
            guard let rest = remainder(of: column) else { return nil }
            let whole = centred(column)
            let length = dot(whole, whole).squareRoot()
            let share = rest.map { $0 / length }
            return (share, dot(share, share))
        }
        while let next = rests.indices.max(by: { rests[$0].square < rests[$1].square }) {
            let (column, square) = rests.remove(at: next)
            let share = square.squareRoot()
            // Once more, as what was taken away may have been much of it.
            guard share > Self.leastShare, let rest = remainder(of: column.map { $0 / share }) else { return }
            let length = dot(rest, rest).squareRoot()
            values += rest.map { $0 / length }
            rank += 1
            for index in rests.indices {
                subtract(column: rank - 1, from: &rests[index].rest)
                rests[index].square = dot(rests[index].rest, rests[index].rest)
            }
        }
    }

    /// What categories and columns leave of `column`, of any size (`scaled`); nil where that is less than
    /// `leastShare` of it.
    package func remainder(of column: [Double]) -> [Double]? {
        let exponent = scale(of: column)
        var rest = centred(scaled(column, by: -exponent))
        let total = dot(rest, rest)
        groups.centre(&rest)
        func isSomething() -> Bool { dot(rest, rest) > Self.leastShare * Self.leastShare * total }
        guard isSomething() else { return nil }
        project(&rest)
        // Where little is left, what rounding left of the means is much of it.
        groups.centre(&rest)
        project(&rest)
        guard isSomething() else { return nil }
        return scaled(rest, by: exponent)
    }

    /// What categories and columns take from the sums of squares of two columns, and from that of their products, if
    /// row i of the two is held against row `order[i]` of what is held.
    ///
    /// - Precondition: x and y have mean 0.
    package func explained(_ x: [Double], _ y: [Double], order: [Int32]) -> (x: Double, y: Double, both: Double) {
        var (explainedX, explainedY, both) = groups.explained(x, y, order: order)
        values.withUnsafeBufferPointer { values in
            for column in 0..<rank {
                var (a, b) = (0.0, 0.0)
                for row in 0..<count {
                    let value = values[column * count + Int(order[row])]
                    a += value * x[row]
                    b += value * y[row]
                }
                explainedX += a * a
                explainedY += b * b
                both += a * b
            }
        }
        return (explainedX, explainedY, both)
    }

    private func subtract(column: Int, from rest: inout [Double]) {
        values.withUnsafeBufferPointer { values in
            rest.withUnsafeMutableBufferPointer { rest in
                guard let source = values.baseAddress.map({ $0 + column * count }), let rest = rest.baseAddress else {
                    return
                }
                let share = dot(source, rest, count)
                for row in 0..<count { rest[row] -= share * source[row] }
            }
        }
    }

    private func project(_ rest: inout [Double]) {
        var shares = [Double](repeating: 0, count: rank)
        rest.withUnsafeMutableBufferPointer { rest in
            values.withUnsafeBufferPointer { values in
                guard let rest = rest.baseAddress, let values = values.baseAddress else { return }
                for start in stride(from: 0, to: count, by: Self.rows) {
                    let length = min(Self.rows, count - start)
                    for column in 0..<rank {
                        shares[column] += dot(values + column * count + start, rest + start, length)
                    }
                }
                for start in stride(from: 0, to: count, by: Self.rows) {
                    let end = min(start + Self.rows, count)
                    for column in 0..<rank {
                        let (share, source) = (shares[column], values + column * count)
                        for row in start..<end { rest[row] -= share * source[row] }
                    }
                }
            }
        }
    }
}

/// The rows of each category.
private struct Groups {
    private let categories: [Int]
    private let sizes: [Double]
    /// Categories with a row.
    let occupied: Int

    init(_ categories: [Int]) {
        self.categories = categories
        var sizes = [Double](repeating: 0, count: (categories.max() ?? 0) + 1)
        for category in categories { sizes[category] += 1 }
        self.sizes = sizes
        occupied = sizes.count { $0 > 0 }
    }

    /// Takes from each row its category's mean; twice, after which what is left has no mean but for rounding.
    func centre(_ column: inout [Double]) {
        for _ in 0..<2 {
            var means = [Double](repeating: 0, count: sizes.count)
            for (row, category) in categories.enumerated() { means[category] += column[row] }
            for category in means.indices where sizes[category] > 0 { means[category] /= sizes[category] }
            for (row, category) in categories.enumerated() { column[row] -= means[category] }
        }
    }

    /// What the categories' means take from two columns whose rows are held against other rows' categories.
    func explained(_ x: [Double], _ y: [Double], order: [Int32]) -> (Double, Double, Double) {
        var sums = [SIMD2<Double>](repeating: .zero, count: sizes.count)
        for row in x.indices { sums[categories[Int(order[row])]] += SIMD2(x[row], y[row]) }
        var (explainedX, explainedY, both) = (0.0, 0.0, 0.0)
        for (sum, size) in zip(sums, sizes) where size > 0 {
            explainedX += sum.x * sum.x / size
            explainedY += sum.y * sum.y / size
            both += sum.x * sum.y / size
        }
        return (explainedX, explainedY, both)
    }
}
