import Statistics
import Testing

@Suite struct VariableTests {
    @Test("A row with a missing value leaves every column")
    func missing() {
        #expect(completeRows(of: [[1, nil, 3, 4], [5, 6, 7, nil]]) == [[1, 3], [5, 7]])
        #expect(completeRows(of: [[nil], [1]]) == [[], []])
        #expect(completeRows(of: []).isEmpty)
    }

    @Test("A value that is not finite stays, so that it is reported")
    func notFinite() {
        #expect(completeRows(of: [[1, .infinity], [2, 3]]) == [[1, .infinity], [2, 3]])
    }
}
