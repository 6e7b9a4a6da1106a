import Statistics
import Testing

@Suite struct HolmTests {
    @Test("Adjusted p values agree with statsmodels")
    func reference() throws {
        for family in try ReferenceValues.load().holm {
            for (adjusted, expected) in zip(holmAdjusted(family.p), family.adjusted) {
                #expect(abs(try #require(adjusted) - expected) <= 1e-12 * expected)
            }
        }
    }

    @Test("A test that could not be made is no member of the family")
    func missing() {
        #expect(holmAdjusted([0.01, nil, 0.04]) == [0.02, nil, 0.04])
        #expect(holmAdjusted([nil]) == [nil])
        #expect(holmAdjusted([]) == [])
    }

    @Test("A lone test keeps its p value, and none exceeds 1")
    func bounds() {
        #expect(holmAdjusted([0.03]) == [0.03])
        #expect(holmAdjusted([0.9, 0.8, 0.7]) == [1, 1, 1])
    }
}
