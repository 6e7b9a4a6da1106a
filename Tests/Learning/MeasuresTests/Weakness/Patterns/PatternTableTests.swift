import Measures
import Randomness
import Testing

@Suite struct PatternTableTests {
    /// Rows of Bools as patterns.
    private func packed(_ rows: [[Bool]], width: Int) -> SignPatterns {
        var patterns = SignPatterns(width: width)
        patterns.append(rows.flatMap { $0.map { $0 ? 1 : 0 } })
        return patterns
    }

    /// `count` rows, each drawn from `kinds` random ones that differ in few units or many.
    private func rows(_ count: Int, kinds: Int, width: Int, seed: UInt64) -> [[Bool]] {
        var stream = NativeStream(seed: seed)
        let base = (0..<width).map { _ in stream.below(2) == 1 }
        let all = (0..<kinds).map { kind in
            base.map { $0 != (stream.below(kind % 2 == 0 ? 2 : UInt64(width)) == 0) }
        }
        return (0..<count).map { _ in all[Int(stream.below(UInt64(kinds)))] }
    }

    @Test(
        "Distinct patterns and their occurrences are those of a dictionary of Bools",
        arguments: [
            (0, 1, 4), (1, 1, 1), (500, 3, 8), (3000, 700, 64), (3000, 5000, 65), (2000, 900, 130), (2000, 40, 300),
        ])
    func counts(count: Int, kinds: Int, width: Int) {
        let rows = rows(count, kinds: kinds, width: width, seed: 5)
        let table = PatternTable(packed(rows, width: width))
        let expected = rows.reduce(into: [:]) { $0[$1, default: 0] += 1 } as [[Bool]: Int]
        #expect(table.distinctCount == expected.count)
        #expect(table.occurrences.sorted() == expected.values.sorted())
        var seen: Set<[Bool]> = []
        let inOrder = rows.filter { seen.insert($0).inserted }
        #expect(table.occurrences == inOrder.map { expected[$0] ?? 0 })
    }

    @Test("Patterns of one table that another has not are those of a difference of sets", arguments: [8, 64, 100])
    func difference(width: Int) {
        let (a, b) = (rows(900, kinds: 400, width: width, seed: 5), rows(700, kinds: 500, width: width, seed: 6))
        let mixed = b + a.prefix(200)
        let (first, second) = (PatternTable(packed(a, width: width)), PatternTable(packed(mixed, width: width)))
        #expect(first.distinctCount(without: second) == Set(a).subtracting(mixed).count)
        #expect(second.distinctCount(without: first) == Set(mixed).subtracting(a).count)
        let none = PatternTable(SignPatterns(width: width))
        #expect(first.distinctCount(without: none) == first.distinctCount)
        #expect(none.distinctCount(without: first) == 0)
        #expect(first.distinctCount(without: first) == 0)
    }

    @Test("All 2^16 patterns of 16 units are told apart, as are patterns that differ in one far unit")
    func dense() {
        let all = (0..<1 << 16).map { value in (0..<16).map { value >> $0 & 1 == 1 } }
        #expect(PatternTable(packed(all + all, width: 16)).distinctCount == 1 << 16)
        let single = (0..<256).map { unit in (0..<256).map { $0 == unit } }
        #expect(PatternTable(packed(single, width: 256)).distinctCount == 256)
    }

    @Test(
        "Hashes that collide merge nothing: none at all, one bit, only the bits that a slot keeps",
        arguments: [
            0, 1, 0xffff, 0xf_0000_0000, 0xffff_ffff_0000_0000,
        ] as [UInt64])
    func collisions(hashMask: UInt64) {
        let (a, b) = (rows(600, kinds: 300, width: 100, seed: 5), rows(600, kinds: 300, width: 100, seed: 6))
        let mixed = b + a.prefix(100)
        let first = PatternTable(packed(a, width: 100), hashMask: hashMask)
        let second = PatternTable(packed(mixed, width: 100), hashMask: hashMask)
        #expect(first.distinctCount == Set(a).count)
        #expect(first.occurrences == PatternTable(packed(a, width: 100)).occurrences)
        #expect(first.distinctCount(without: second) == Set(a).subtracting(mixed).count)
    }
}
