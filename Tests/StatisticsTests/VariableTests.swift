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

    @Test("A category becomes a column for each label but the first, missing where it is missing")
    func indicatorColumns() {
        let columns = indicators("regime", ["b", "a", nil, "c", "a"])
        #expect(columns.map(\.name) == ["regime = a", "regime = c"])
        #expect(columns.map(\.values) == [[0, 1, nil, 0, 1], [0, 0, nil, 1, 0]])
        #expect(indicators("regime", ["a", nil, "a"]).isEmpty)
    }
}
