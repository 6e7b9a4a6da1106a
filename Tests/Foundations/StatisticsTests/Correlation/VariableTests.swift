import Statistics
import Testing

@Suite struct VariableTests {
    @Test("A category becomes a column for each label but the first, missing where it is missing")
    func indicatorColumns() {
        let columns = indicators("regime", ["b", "a", nil, "c", "a"])
        #expect(columns.map(\.name) == ["regime = a", "regime = c"])
        #expect(columns.map(\.values) == [[0, 1, nil, 0, 1], [0, 0, nil, 1, 0]])
        #expect(indicators("regime", ["a", nil, "a"]).isEmpty)
    }
}
