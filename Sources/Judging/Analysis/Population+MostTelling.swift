import Statistics

extension Population {
    /// The grouping whose colours show the most of a picture: that with the largest share of the target's rank variance
    /// between its groups, plus the mean of the measures' shares, each less what chance gives (ε², Kelley 1935). Of
    /// groupings of two to `most` values; nil where there is none.
    ///
    /// - Complexity: O(n log n) a column, O(n) a column and grouping.
    package func mostTellingGrouping(of target: String, _ measures: [String], most: Int = 6) -> Grouping? {
        let candidates = groupings.filter { (2...most).contains($0.distinctLabels.count) }
        guard candidates.count > 1 else { return candidates.first }
        func columns(_ names: [String]) -> [[Double?]] { names.compactMap { try? values($0) } }
        let (ofTarget, ofMeasures) = (columns([target]), columns(measures))
        func share(_ grouping: Grouping, _ columns: [[Double?]]) -> Double {
            let shares = columns.map { grouping.shareOfRankVariance($0) }
            return shares.isEmpty ? 0 : shares.reduce(0, +) / Double(shares.count)
        }
        let scored = candidates.map { ($0, share($0, ofTarget) + share($0, ofMeasures)) }
        // The first of equal ones.
        return scored.reduce(nil as (Grouping, Double)?) { best, next in
            next.1 > (best?.1 ?? -.infinity) ? next : best
        }?.0
    }
}

extension Grouping {
    /// ε²: 1 less the mean square of ranks within groups by that over all; 0 where the ranks do not vary.
    func shareOfRankVariance(_ values: [Double?]) -> Double {
        let rows = values.indices.filter { values[$0] != nil && labels[$0] != nil }
        let ranks = midranks(rows.compactMap { values[$0] })
        var sums: [String: (count: Int, sum: Double)] = [:]
        for (row, rank) in zip(rows, ranks) {
            guard let label = labels[row] else { continue }
            sums[label, default: (0, 0)].count += 1
            sums[label, default: (0, 0)].sum += rank
        }
        let count = Double(ranks.count)
        let mean = ranks.reduce(0, +) / max(count, 1)
        let total = ranks.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let between = sums.values.reduce(0) { sum, group in
            let distance = group.sum / Double(group.count) - mean
            return sum + Double(group.count) * distance * distance
        }
        let freedom = count - Double(sums.count)
        guard total > 0, freedom > 0 else { return 0 }
        return 1 - (total - between) / freedom / (total / (count - 1))
    }
}
