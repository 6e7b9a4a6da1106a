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
}
