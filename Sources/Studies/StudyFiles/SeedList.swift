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
        for item in items where !reader.problems.isFull {
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

    /// "7", "0-99", "0 - 99".
    private static func range(_ node: YAMLNode) -> ClosedRange<UInt64>? {
        guard let text = node.text else { return nil }
        let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = seed(ends[0], trimmingEnd: ends.count == 2) else { return nil }
        if ends.count == 1 { return first...first }
        guard let last = seed(ends[1].drop(while: \.isWhitespace)), first <= last else { return nil }
        return first...last
    }

    /// Digits alone, of a number that SQLite can hold. By hand, as a list may have a hundred thousand.
    private static func seed(_ text: Substring, trimmingEnd: Bool = false) -> UInt64? {
        var digits = text
        if trimmingEnd { while digits.last?.isWhitespace == true { digits.removeLast() } }
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int64(digits).map { UInt64($0) }
    }
}
