import Statistics
import Testing

@Suite struct MidranksTests {
    @Test("Midranks equal SciPy's rankdata", arguments: try ReferenceValues.load().pairs)
    func reference(pair: ReferenceValues.Pair) {
        #expect(midranks(pair.x) == pair.ranks)
    }

    @Test("Equal values share the mean of their ranks")
    func ties() {
        #expect(midranks([2, 1, 2, 2, 5]) == [3, 1, 3, 3, 5])
        #expect(midranks([7, 7]) == [1.5, 1.5])
        #expect(midranks([]) == [])
    }

    @Test("Both zeros are equal, and infinities have the outer ranks")
    func specialValues() {
        #expect(midranks([0.0, -0.0, .infinity, -.infinity]) == [2.5, 2.5, 4, 1])
    }

    @Test(
        "Many values, of any size and sign and with ties, have the ranks that comparisons give",
        arguments: [1024, 1025, 5000])
    func many(count: Int) {
        var numbers = SeededNumbers(seed: 5)
        let special = [
            0.0, -0.0, .infinity, -.infinity, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, 1e300, -1e-300,
        ]
        for scale in [1.0, 1e-200, 1e200] {
            let values = (0..<count).map { place in
                switch place % 4 {
                case 0: special[place / 4 % special.count]
                case 1: (Double.random(in: -10...10, using: &numbers)).rounded()
                default: Double.random(in: -0.5...0.5, using: &numbers) * scale
                }
            }
            let order = values.indices.sorted { values[$0] < values[$1] }
            var expected = [Double](repeating: 0, count: count)
            for (position, place) in order.enumerated() { expected[place] = Double(position + 1) }
            for ties in Dictionary(grouping: values.indices, by: { values[$0] }).values {
                let mean = ties.reduce(0) { $0 + expected[$1] } / Double(ties.count)
                for place in ties { expected[place] = mean }
            }
            #expect(midranks(values) == expected)
        }
    }
}
