/// A bit for each of many points.
struct PointBits: Sendable {
    let count: Int
    /// Point j is bit j % 64 of word j / 64; bits beyond the last point are 0.
    private let words: [UInt64]

    init(_ bits: [Bool]) {
        count = bits.count
        var words = [UInt64](repeating: 0, count: (bits.count + 63) / 64)
        for (j, bit) in bits.enumerated() where bit { words[j / 64] |= 1 << UInt64(j % 64) }
        self.words = words
    }

    /// The count in 8 bytes, low byte first, then 8 points a byte, lowest bit first.
    var bytes: [UInt8] {
        let all = [UInt64(count)] + words
        return all.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) } }
            .dropLast(words.count * 8 - (count + 7) / 8)
    }

    /// Nil unless `bytes` are as that property gives them.
    init?(bytes: [UInt8]) {
        func word(_ index: Int) -> UInt64 {
            bytes[index * 8..<min(index * 8 + 8, bytes.count)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
        guard bytes.count >= 8, let count = Int(exactly: word(0)), count <= 8 * bytes.count,
            bytes.count == 8 + (count + 7) / 8
        else { return nil }
        let words = (0..<(count + 63) / 64).map { word($0 + 1) }
        if count % 64 != 0, let last = words.last, last >> UInt64(count % 64) != 0 { return nil }
        (self.count, self.words) = (count, words)
    }

    var setCount: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// How many points are set here and not in `other`.
    func countSet(outside other: PointBits) -> Int {
        precondition(count == other.count)
        return words.withUnsafeBufferPointer { own in
            other.words.withUnsafeBufferPointer { other in
                var sum = 0
                for index in 0..<own.count { sum &+= (own[index] & ~other[index]).nonzeroBitCount }
                return sum
            }
        }
    }
}
