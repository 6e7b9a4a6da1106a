import Statistics
import Testing

@Suite struct SharedSampleTests {
    /// Totals of rows over items: x_ij = row + item + noise.
    private static func table(rows: Int, items: Int, itemSize: Double, seed: UInt64) -> [[Double]] {
        var numbers = SeededNumbers(seed: seed)
        let (ofRows, ofItems) = (numbers.normals(rows), numbers.normals(items))
        return ofRows.map { row in
            let noise = numbers.normals(items)
            return (0..<items).map { 0.5 * row + itemSize * ofItems[$0] + noise[$0] }
        }
    }

    private static func variance(_ values: [Double]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
    }

    private static func halves(_ row: [Double]) -> (even: Double, odd: Double) {
        (
            stride(from: 0, to: row.count, by: 2).reduce(0) { $0 + row[$1] },
            stride(from: 1, to: row.count, by: 2).reduce(0) { $0 + row[$1] }
        )
    }

    @Test("The reliability is Cronbach's alpha of the two halves", arguments: [0.0, 1, 30])
    func alpha(itemSize: Double) throws {
        let table = Self.table(rows: 60, items: 20, itemSize: itemSize, seed: 5)
        let halves = table.map(Self.halves)
        let totals = halves.map { $0.even + $0.odd }
        let alpha =
            2 * (1 - (Self.variance(halves.map(\.even)) + Self.variance(halves.map(\.odd))) / Self.variance(totals))
        let errors = errorsWithoutSharedPart(ofHalves: halves.map { $0.even - $0.odd })
        let found = try reliability(of: Variable("x", totals), standardErrors: errors).get()
        #expect(abs(found.value - alpha) < 1e-10)
    }

    @Test("What items do to all rows alike is no error, and what they do to each row is")
    func shared() {
        let errors = [0.0, 30].map { size in
            errorsWithoutSharedPart(
                ofHalves: Self.table(rows: 400, items: 20, itemSize: size, seed: 9).map {
                    let halves = Self.halves($0)
                    return halves.even - halves.odd
                })
        }
        for (small, large) in zip(errors[0], errors[1]) { #expect(abs(small - large) < 1e-9) }
        // 20 items of noise 1; the mean square of 400 is known to 7 %.
        let noise = errors[0].reduce(0) { $0 + $1 * $1 } / 400
        #expect(abs(noise / 20 - 1) < 0.25)
    }

    @Test("Two rows have one difference between them")
    func two() {
        #expect(errorsWithoutSharedPart(ofHalves: [3, 5]).map { $0 * $0 }.allSatisfy { abs($0 - 2) < 1e-12 })
        #expect(errorsWithoutSharedPart(ofHalves: [4, 4, 4]) == [0, 0, 0])
    }
}
