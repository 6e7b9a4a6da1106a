import Statistics
import Testing

@Suite struct ExactSpearmanTests {
    @Test("Up to ten rows without ties the p value counts all orders, as SciPy's permutation test does")
    func reference() throws {
        let examples = try ResamplingValues.load().exactSpearman
        #expect(Set(examples.map(\.x.count)) == Set(3...10))
        for example in examples {
            let estimate = try correlate(Variable("x", example.x), Variable("y", example.y)).outcome.get()
            #expect(abs(estimate.pValue - example.p) <= 1e-15)
            #expect(estimate.pValueKind == .exact && estimate.degreesOfFreedom == nil)
        }
    }

    @Test("The p value says how it was made")
    func kinds() throws {
        func kind(_ count: Int, ties: Bool = false, method: CorrelationMethod, given: [Variable] = []) throws
            -> PValueKind
        {
            let x = (0..<count).map { Double(ties ? $0 / 2 : $0) }
            let y = (0..<count).map { Double($0 * 7 % count) }
            return try correlate(Variable("x", x), Variable("y", y), method: method, given: given).outcome.get()
                .pValueKind
        }
        #expect(try kind(10, method: .spearman) == .exact)
        #expect(try kind(11, method: .spearman) == .studentT)
        #expect(try kind(10, ties: true, method: .spearman) == .studentT)
        #expect(try kind(8, method: .spearman, given: [Variable("z", [3, 1, 4, 1, 5, 9, 2, 6])]) == .studentT)
        #expect(try kind(6, method: .pearson) == .studentT)
        #expect(try kind(20, method: .kendall) == .exact)
        #expect(try kind(20, ties: true, method: .kendall) == .normal)
    }

    @Test("Student's t, which Pearson's r of the same ranks has, is lower than the exact p value")
    func student() throws {
        let x = Variable("x", (1...10).map(Double.init))
        let y = Variable("y", [4, 1, 2, 7, 3, 5, 10, 9, 8, 6])
        let estimate = try correlate(x, y).outcome.get()
        let student = try correlate(x, y, method: .pearson).outcome.get()
        #expect(student.value == estimate.value)
        // SciPy: 0.03465167548500882 over all orders, 0.028882797506732765 by t.
        #expect(abs(estimate.pValue - 0.03465167548500882) < 1e-15)
        #expect(abs(student.pValue - 0.028882797506732765) < 1e-13)
    }
}
