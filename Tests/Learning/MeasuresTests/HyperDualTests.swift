import Foundation
import Testing

/// The oracle of the sharpness measures is tested itself, against derivatives worked out by hand.
@Suite struct HyperDualTests {
    @Test("Second derivatives of a product, an exponential and a logarithm are exact")
    func functions() {
        let (x, y) = (HyperDual(1.5, first: 1), HyperDual(0.5, second: 1))
        // ∂²(x³ y²)/∂x∂y = 6 x² y
        #expect(abs((x * x * x * y * y).mixed - 6 * 2.25 * 0.5) < 1e-14)
        // ∂² exp(x y)/∂x∂y = (1 + x y) exp(x y)
        #expect(abs(HyperDual.exp(x * y).mixed - 1.75 * exp(0.75)) < 1e-14)
        // ∂² log(x + y²)/∂x∂y = -2 y / (x + y²)²
        #expect(abs(HyperDual.log(x + y * y).mixed + 1 / (1.75 * 1.75)) < 1e-14)
        // d² log(x)/dx² = -1 / x²
        #expect(abs(HyperDual.log(HyperDual(1.5, first: 1, second: 1)).mixed + 1 / 2.25) < 1e-14)
        #expect((x - y).first == 1)
        #expect((x - y).second == -1)
    }

    @Test("Rectifying keeps derivatives above zero and drops them at and below it")
    func rectified() {
        #expect(HyperDual.rectified(HyperDual(2, first: 3, second: 4, mixed: 5)).mixed == 5)
        #expect(HyperDual.rectified(HyperDual(0, first: 3)).first == 0)
        #expect(HyperDual.rectified(HyperDual(-2, first: 3, mixed: 5), slope: 0.5).mixed == 2.5)
        #expect(HyperDual.rectified(HyperDual(-2, first: 3, mixed: 5)).mixed == 0)
    }
}
