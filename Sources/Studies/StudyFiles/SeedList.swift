import Definitions
import Documents

/// The seeds of a population: a number, a range ("0-99", both ends included), or a list of these.
struct SeedList {
    /// More networks than this are surely a slip.
    static let limit = 1_000_000

    private(set) var seeds: [UInt64] = []

    init(_ reader: MappingReader, key: String) {
        guard let node = reader.value(key) else { return }
        let items = node.elements ?? [node]
        reader.requireElements(key)
        var seen: Set<UInt64> = []
        for item in items {
            guard let range = Self.range(item) else {
                reader.complain(key, "\(item.kind) is no seed: write a whole number, or a range as 0-99", at: item)
                continue
            }
            guard range.upperBound - range.lowerBound < UInt64(Self.limit), seeds.count + range.count <= Self.limit
            else {
                reader.complain(key, "more than \(Self.limit) networks", at: item)
                return
            }
            for seed in range {
                if !seen.insert(seed).inserted {
                    reader.complain(key, "\(seed) is given twice", at: item)
                    break
                }
                seeds.append(seed)
            }
        }
    }

    private static func range(_ node: YAMLNode) -> ClosedRange<UInt64>? {
        guard let text = node.text, let match = text.wholeMatch(of: /([0-9]+)(?:\s*-\s*([0-9]+))?/),
            let first = Int64(match.1)
        else { return nil }
        guard let end = match.2 else { return UInt64(first)...UInt64(first) }
        guard let last = Int64(end), first <= last else { return nil }
        return UInt64(first)...UInt64(last)
    }
}
