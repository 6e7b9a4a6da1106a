import Glibc

/// The models of one combination of hyperparameters, sorted once for all bins that they are in.
struct BinnedModels {
    let byMeasure: [PairAgreement.Places]
    /// Ascending.
    let targets: [UInt32]
    /// For each of `byMeasure`, its place in `targets`: one of equal ones.
    let placeOfTarget: [Int]

    /// - Complexity: O(m log m).
    init(_ models: [Int], _ places: [PairAgreement.Places]) {
        byMeasure = models.map { places[$0] }.sorted { $0.measure < $1.measure }
        let order = byMeasure.indices.sorted { [byMeasure] in byMeasure[$0].target < byMeasure[$1].target }
        targets = order.map { [byMeasure] in byMeasure[$0].target }
        var placeOfTarget = [Int](repeating: 0, count: order.count)
        for (place, model) in order.enumerated() { placeOfTarget[model] = place }
        self.placeOfTarget = placeOfTarget
    }
}

/// The signs of a bin's ordered pairs, one model of the first group and one of the second: + where the first model's
/// value is larger, else -.
struct BinSigns: Equatable {
    var pairs: Int
    /// Pairs with a + of the target.
    var target = 0
    /// Pairs with a + of the measure.
    var measure = 0
    /// Pairs with both.
    var both = 0

    /// - Complexity: the less of O(product of the sizes) and O(sum of the sizes · its logarithm).
    init(_ first: BinnedModels, _ second: BinnedModels) {
        let (a, b) = (first.byMeasure, second.byMeasure)
        pairs = a.count * b.count
        // Below that comparing every pair is faster than a tree.
        guard pairs > 16 * (a.count + b.count) else {
            for one in a {
                for other in b {
                    let (isTarget, isMeasure) = (one.target > other.target, one.measure > other.measure)
                    target += isTarget ? 1 : 0
                    measure += isMeasure ? 1 : 0
                    both += isTarget && isMeasure ? 1 : 0
                }
            }
            return
        }
        // How many of the second group lie below each target of the first.
        var below = [Int](repeating: 0, count: a.count)
        var lower = 0
        for (place, value) in first.targets.enumerated() {
            while lower < b.count, second.targets[lower] < value { lower += 1 }
            below[place] = lower
            target += lower
        }
        // Those of them whose measure is lower, too: a binary indexed tree (Fenwick, 1994) over the second group's
        // targets, into which its models go by increasing measure.
        var tree = [Int](repeating: 0, count: b.count + 1)
        var entered = 0
        for (model, one) in a.enumerated() {
            while entered < b.count, b[entered].measure < one.measure {
                var node = second.placeOfTarget[entered] + 1
                while node < tree.count {
                    tree[node] += 1
                    node += node & -node
                }
                entered += 1
            }
            measure += entered
            var node = below[first.placeOfTarget[model]]
            while node > 0 {
                both += tree[node]
                node -= node & -node
            }
        }
    }

    /// Of the target's sign, in bits.
    var entropyOfTarget: Double { binaryEntropy(Double(target) / Double(pairs)) }

    /// Of the two signs, in bits.
    var information: Double {
        let total = Double(pairs)
        let (onTarget, onMeasure) = (Double(target) / total, Double(measure) / total)
        let cells = [
            (both, onTarget * onMeasure), (target - both, onTarget * (1 - onMeasure)),
            (measure - both, (1 - onTarget) * onMeasure),
            (pairs - target - measure + both, (1 - onTarget) * (1 - onMeasure)),
        ]
        return cells.reduce(0) { sum, cell in
            guard cell.0 > 0 else { return sum }
            let share = Double(cell.0) / total
            return sum + share * log2(share / cell.1)
        }
    }
}
