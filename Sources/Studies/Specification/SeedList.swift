import Yams

/// The seeds of a population: a number, a range ("0-99", both ends included), or a list of these.
struct SeedList {
    /// More networks than this are surely a slip.
    static let limit = 1_000_000

    private(set) var seeds: [UInt64] = []

    init(_ node: Node, problems: Problems) {
        let items = if case .sequence(let sequence) = node { Array(sequence) } else { [node] }
        if items.isEmpty { problems.add("population.seeds is empty", at: node) }
        var seen: Set<UInt64> = []
        for item in items {
            guard let range = Self.range(item) else {
                problems.add(
                    "population.seeds: \(MappingReader.kind(item)) is no seed: write a whole number, or a range as 0-99",
                    at: item)
                continue
            }
            guard range.upperBound - range.lowerBound < UInt64(Self.limit), seeds.count + range.count <= Self.limit else {
                problems.add("population.seeds: more than \(Self.limit) networks", at: item)
                return
            }
            for seed in range {
                if !seen.insert(seed).inserted {
                    problems.add("population.seeds: \(seed) is given twice", at: item)
                    break
                }
                seeds.append(seed)
            }
        }
    }

    private static func range(_ node: Node) -> ClosedRange<UInt64>? {
        guard let text = node.scalar?.string, let match = text.wholeMatch(of: /([0-9]+)(?:\s*-\s*([0-9]+))?/),
            let first = Int64(match.1)
        else { return nil }
        guard let end = match.2 else { return UInt64(first)...UInt64(first) }
        guard let last = Int64(end), first <= last else { return nil }
        return UInt64(first)...UInt64(last)
    }
}
