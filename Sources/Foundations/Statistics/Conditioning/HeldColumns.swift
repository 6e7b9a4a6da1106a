/// What is held fixed in a least-squares sense: one categorical variable, whose categories cost no column, and further
/// columns, made orthonormal of what the categories leave of them.
///
/// To hold one categorical variable fixed is to take the mean of each category from its rows (the Frisch–Waugh–Lovell
/// theorem). Columns are orthonormal by Gram and Schmidt's method, repeated until little is taken, after which they are
/// orthogonal to rounding (Björck, Numerical Methods for Least Squares Problems, section 2.4).
package struct HeldColumns: Sendable {
    /// Rows.
    let count: Int
    private let groups: Groups
    /// Those that were added together; shared with what was made of these columns by adding more.
    private(set) var blocks: [ColumnBlock] = []
    /// The number of linearly independent columns beside the categories.
    package private(set) var rank = 0
    /// The share of a column's length that has to be left of it for it to be no combination of those before it.
    ///
    /// Of a column of which a share s is left, rounding makes an error of 1e-16/s, which a combination of it and others
    /// then leaves: with a share much below the root of 1e-16 the one would be taken for the other.
    static let leastShare = 1e-7

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

    /// Adds what is left of columns, unless that is nothing.
    ///
    /// - Complexity: O(rows · columns · (rank + columns)).
    package mutating func add(_ columns: [[Double]]) {
        if let block = block(of: columns) { add(block) }
    }

    mutating func add(_ block: ColumnBlock) {
        blocks.append(block)
        rank += block.rank
    }

    /// What is left of columns, made orthonormal; nil where that is nothing.
    ///
    /// The one of which most is left comes first, then that of which this leaves most. What such a choice leaves of a
    /// combination is as small as rounding (Björck, section 2.4.3); in any other order the error of each column of
    /// which little was left would grow with the next such one.
    func block(of columns: [[Double]]) -> ColumnBlock? {
        // What is left of each, in units of the whole.
        var rests: [Double] = []
        for column in columns {
            var rest = centred(scaled(column))
            let length = dot(rest, rest).squareRoot()
            guard length > 0 else { continue }
            for row in rest.indices { rest[row] /= length }
            groups.centre(&rest)
            if dot(rest, rest).squareRoot() > Self.leastShare { rests += rest }
        }
        // Twice, as what is taken away may be much of a column; of the means, too, what rounding left of them.
        for block in blocks { block.project(&rests) }
        for start in stride(from: 0, to: rests.count, by: max(count, 1)) {
            var rest = Array(rests[start..<start + count])
            groups.centre(&rest)
            rests.replaceSubrange(start..<start + count, with: rest)
        }
        for block in blocks { block.project(&rests) }
        var candidates = ColumnBlock.Candidates(rests, count: count)
        var found = ColumnBlock(count: count, capacity: rests.count / max(count, 1))
        while case (var column, let share)? = candidates.takeLongest(), share > Self.leastShare {
            var before = dot(column, column).squareRoot()
            found.project(&column)
            var length = dot(column, column).squareRoot()
            guard length > Self.leastShare else { continue }
            // Again until little is taken: what was left of means and other columns has grown with the rest.
            while length < 0.5 * before {
                before = length
                groups.centre(&column)
                for block in blocks { block.project(&column) }
                found.project(&column)
                length = dot(column, column).squareRoot()
                guard length > Self.leastShare else { break }
            }
            guard length > Self.leastShare else { continue }
            for row in column.indices { column[row] /= length }
            found.append(column)
            candidates.take(column)
        }
        return found.rank > 0 ? found : nil
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
        for block in blocks { block.project(&rest) }
        // Where little is left, what rounding left of the means is much of it.
        groups.centre(&rest)
        for block in blocks { block.project(&rest) }
        guard isSomething() else { return nil }
        return scaled(rest, by: exponent)
    }

    /// What categories and columns take from the sums of squares of two columns, and from that of their products, if
    /// row i of the two is held against row `order[i]` of what is held; for each of several orders.
    ///
    /// - Precondition: x and y have mean 0.
    package func explained(
        _ x: [Double], _ y: [Double], orders: [[Int32]]
    ) -> [(x: Double, y: Double, both: Double)] {
        // The two in the orders of what is held, so that this is gone through once, from end to end.
        var columns = [Double](repeating: 0, count: 2 * orders.count * count)
        for (number, order) in orders.enumerated() {
            let start = 2 * number * count
            for (row, place) in order.enumerated() {
                columns[start + Int(place)] = x[row]
                columns[start + count + Int(place)] = y[row]
            }
        }
        var explained = orders.indices.map { groups.explained(columns[2 * $0 * count..<2 * ($0 + 1) * count]) }
        for block in blocks {
            let products = block.products(with: columns)
            for number in explained.indices {
                let start = 2 * number * block.rank
                for column in start..<start + block.rank {
                    let (a, b) = (products[column], products[column + block.rank])
                    explained[number].x += a * a
                    explained[number].y += b * b
                    explained[number].both += a * b
                }
            }
        }
        return explained
    }
}

/// The rows of each category.
private struct Groups: Sendable {
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

    /// What the categories' means take from two columns, which lie one after the other.
    func explained(_ columns: ArraySlice<Double>) -> (x: Double, y: Double, both: Double) {
        var sums = [SIMD2<Double>](repeating: .zero, count: sizes.count)
        let (x, y) = (columns.startIndex, columns.startIndex + categories.count)
        for (row, category) in categories.enumerated() { sums[category] += SIMD2(columns[x + row], columns[y + row]) }
        var explained = (x: 0.0, y: 0.0, both: 0.0)
        for (sum, size) in zip(sums, sizes) where size > 0 {
            explained.x += sum.x * sum.x / size
            explained.y += sum.y * sum.y / size
            explained.both += sum.x * sum.y / size
        }
        return explained
    }
}
