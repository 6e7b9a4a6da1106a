/// The distinct patterns among many, each with the number of its occurrences.
///
/// An open hash table over the patterns' words. Patterns are the same when all their words are, so the counts are
/// exact, whatever the hashes.
///
/// - Complexity: O(patterns · size) expected; 16 bytes of table or more a pattern.
package struct PatternTable: Sendable {
    /// Occurrences of each distinct pattern, in order of first appearance.
    package private(set) var occurrences: [Int] = []
    private let patterns: SignPatterns
    private let hashMask: UInt64
    /// Where each distinct pattern appears first.
    private var places: [Int] = []
    /// 0, or the pattern's number + 1 in the low half and high bits of its hash above.
    private var slots: [UInt64]

    package var distinctCount: Int { places.count }

    /// - Parameter hashMask: the bits of hashes that are used. Fewer make more collisions, and no other counts.
    package init(_ patterns: SignPatterns, hashMask: UInt64 = .max) {
        self.patterns = patterns
        self.hashMask = hashMask
        var slotCount = 16
        while slotCount < 2 * patterns.count { slotCount *= 2 }
        var slots = [UInt64](repeating: 0, count: slotCount)
        var (places, occurrences): ([Int], [Int]) = ([], [])
        let size = patterns.size
        patterns.words.withUnsafeBufferPointer { words in
            guard let first = words.baseAddress else { return }
            slots.withUnsafeMutableBufferPointer { slots in
                for place in 0..<patterns.count {
                    let pattern = first + place * size
                    let hash = Self.hash(pattern, size) & hashMask
                    let slot = Self.slot(
                        of: pattern, hash: hash, size: size, slots: .init(slots), places: places, words: first)
                    if slots[slot] == 0 {
                        places.append(place)
                        occurrences.append(1)
                        slots[slot] = hash & Self.tag | UInt64(places.count)
                    } else {
                        occurrences[Int(slots[slot] & ~Self.tag) - 1] += 1
                    }
                }
            }
        }
        (self.slots, self.places, self.occurrences) = (slots, places, occurrences)
    }

    /// How many of this table's distinct patterns another table has not.
    ///
    /// - Precondition: both are of layers of one width.
    package func distinctCount(without other: PatternTable) -> Int {
        precondition(patterns.width == other.patterns.width)
        let size = patterns.size
        return patterns.words.withUnsafeBufferPointer { own in
            other.patterns.words.withUnsafeBufferPointer { words in
                guard let own = own.baseAddress, let words = words.baseAddress else { return distinctCount }
                return other.slots.withUnsafeBufferPointer { slots in
                    places.count { place in
                        let pattern = own + place * size
                        let slot = Self.slot(
                            of: pattern, hash: Self.hash(pattern, size) & other.hashMask, size: size, slots: slots,
                            places: other.places, words: words)
                        return slots[slot] == 0
                    }
                }
            }
        }
    }

    /// The bits of a hash that a slot keeps, to pass by most other patterns without reading their words.
    private static let tag: UInt64 = 0xffff_ffff_0000_0000

    /// The pattern's own slot, or the free one where it belongs.
    @inline(__always)
    private static func slot(
        of pattern: UnsafePointer<UInt64>, hash: UInt64, size: Int, slots: UnsafeBufferPointer<UInt64>, places: [Int],
        words: UnsafePointer<UInt64>
    ) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            if (slots[slot] ^ hash) & tag == 0 {
                let other = words + places[Int(slots[slot] & ~tag) - 1] * size
                var isSame = true
                for word in 0..<size where pattern[word] != other[word] { isSame = false }
                if isSame { return slot }
            }
            slot = (slot + 1) & mask
        }
        return slot
    }

    /// Multiply and fold, word by word: every bit of a word reaches both the slot and the tag.
    @inline(__always)
    private static func hash(_ pattern: UnsafePointer<UInt64>, _ size: Int) -> UInt64 {
        var hash: UInt64 = 0x9e37_79b9_7f4a_7c15
        for word in 0..<size {
            let product = (hash ^ pattern[word]).multipliedFullWidth(by: 0xd6e8_feb8_6659_fd93)
            hash = product.low ^ product.high
        }
        // A zero factor, 2^-64 likely, must not freeze the rest at zero; and the last word is mixed once more.
        let product = (hash ^ 0xa076_1d64_78bd_642f).multipliedFullWidth(by: 0xe703_7ed1_a0b4_28db)
        return product.low ^ product.high
    }
}
