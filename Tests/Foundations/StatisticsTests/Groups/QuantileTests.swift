import Statistics
import Testing

@Suite struct QuantileTests {
    /// From NumPy: np.quantile([3, 1, 4, 1, 5, 9, 2, 6], share).
    @Test(
        "Quantiles are NumPy's",
        arguments: [
            (0, 1), (0.1, 1), (0.25, 1.75), (1.0 / 3, 2.3333333333333335), (0.5, 3.5), (0.9, 6.9), (1, 9),
        ] as [(Double, Double)])
    func numpy(share: Double, expected: Double) throws {
        let value = try #require(quantile(share, of: [3, 1, 4, 1, 5, 9, 2, 6]))
        #expect(abs(value - expected) < 1e-14)
    }

    @Test("One value is every quantile; the order of the values does not matter")
    func simple() {
        #expect([0, 0.3, 1].allSatisfy { quantile($0, of: [7]) == 7 })
        #expect(quantile(0.3, of: [3, 1, 2]) == quantile(0.3, of: [1, 2, 3]))
    }

    @Test("No values, or one that is not finite, have no quantile")
    func undefined() {
        #expect(quantile(0.5, of: []) == nil)
        #expect(quantile(0.5, of: [1, .infinity, 2]) == nil)
        #expect(quantile(0.5, of: [1, .nan]) == nil)
    }
}
