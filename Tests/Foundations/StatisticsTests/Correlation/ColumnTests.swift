import Statistics
import Testing

@Suite struct ColumnTests {
    private func variables(_ columns: [[Double?]]) -> [[Double]] {
        let columns = columns.map { Column("c", $0) }
        let rows = CompleteRows(of: columns)
        return columns.map { rows.variable($0).values }
    }

    @Test("A row with a missing value leaves every column")
    func missing() {
        #expect(variables([[1, nil, 3, 4], [5, 6, 7, nil]]) == [[1, 3], [5, 7]])
        #expect(variables([[nil], [1]]) == [[], []])
        #expect(variables([]).isEmpty)
    }

    @Test("A value that is not finite stays, so that it is reported")
    func notFinite() {
        #expect(variables([[1, .infinity], [2, 3]]) == [[1, .infinity], [2, 3]])
    }

    @Test("Labels keep to the rows; as numbers they count up by first occurrence, and a row without one stands alone")
    func labels() {
        let rows = CompleteRows(of: [Column("x", [1, nil, 3, 4, 5, 6])])
        let labels = ["b", "b", "a", nil, "b", nil]
        #expect(rows.labels(labels) == ["b", "a", nil, "b", nil])
        #expect(rows.parts(labels) == [0, 1, 2, 0, 3])
    }

    @Test("Configurations are drawn again as a whole where there are enough and some repeat")
    func configurations() {
        let ten = (0..<10).map { "\($0)" as String? }
        #expect(resampledConfigurations(ten) == nil)
        #expect(resampledConfigurations(ten + ["3"]) == ten + ["3"])
        #expect(resampledConfigurations(Array(ten.dropLast()) + ["3"]) == nil)
        #expect(resampledConfigurations(["a", "a", "b"], least: 2) == ["a", "a", "b"])
        #expect(resampledConfigurations(["a", nil, nil], least: 1) == nil)
    }
}
