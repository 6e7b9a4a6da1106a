/// Groups of items that are all near each other: agglomerative clustering whose distance between two groups is that of
/// their farthest members.
///
/// Source: Defays, The Computer Journal 20, 1977; the same as SciPy's `linkage(method="complete")` where no two
/// distances are equal. Of equal distances the pair that comes first in the items' order is joined first.
public struct CompleteLinkage: Sendable, Hashable {
    public struct Merge: Sendable, Hashable {
        /// The items of both groups, those of the group that holds the earlier item first.
        public let items: [Int]
        /// The largest distance between any two of them.
        public let height: Double
    }

    /// From the nearest pair to the group of all; heights do not fall.
    public let merges: [Merge]
    private let count: Int

    /// - Parameter distances: count x count, symmetric; NaN stands for infinitely far.
    /// - Complexity: O(count³).
    public init(distances: [[Double]]) {
        count = distances.count
        precondition(distances.allSatisfy { $0.count == distances.count }, "distances need a square matrix")
        var groups = (0..<count).map { [$0] }
        var far = distances.map { $0.map { $0.isNaN ? .infinity : $0 } }
        var merges: [Merge] = []
        while groups.count > 1 {
            var nearest = (first: 0, second: 1)
            for first in groups.indices {
                for second in groups.indices[(first + 1)...] {
                    if far[first][second] < far[nearest.first][nearest.second] { nearest = (first, second) }
                }
            }
            let (first, second) = nearest
            let height = far[first][second]
            groups[first] += groups.remove(at: second)
            merges.append(Merge(items: groups[first], height: height))
            let removed = far.remove(at: second)
            for row in far.indices { far[row].remove(at: second) }
            for other in far.indices where other != first {
                let distance = max(far[first][other], removed[other < second ? other : other + 1])
                (far[first][other], far[other][first]) = (distance, distance)
            }
        }
        self.merges = merges
    }

    /// The items so that those of a group stand side by side.
    public var order: [Int] { merges.last?.items ?? Array(0..<count) }

    /// The tree's largest groups within which no two items are farther apart than this, in `order`; every item is in
    /// one.
    public func groups(within distance: Double) -> [[Int]] {
        var groupOfItem = (0..<count).map { [$0] }
        for merge in merges where merge.height <= distance {
            for item in merge.items { groupOfItem[item] = merge.items }
        }
        var seen = Set<Int>()
        return order.compactMap { item in
            guard !seen.contains(item) else { return nil }
            seen.formUnion(groupOfItem[item])
            return groupOfItem[item]
        }
    }
}
