import Randomness
import Testing
import TheoryLabs

@Suite struct LayerPolynomialTests {
    @Test("The bound is not below the polynomial anywhere on the ball, and exact for one term")
    func bound() {
        // 2 + 3 ρ1 + 4 ρ2 + 5 ρ1 ρ2 + 6 ρ1 ρ2 ρ3
        let one = LayerPolynomial(layers: 3, constant: 1)
        let (first, second) = (one.times(layer: 0), one.times(layer: 1))
        let product = first.times(layer: 1)
        let polynomial = 2 * one + 3 * first + 4 * second + 5 * product + 6 * product.times(layer: 2)
        var (stream, largest) = (NativeStream(seed: 1), 0.0)
        for _ in 0..<5000 {
            let direction = (0..<3).map { _ in abs(stream.normal()) }
            let length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
            let (a, b, c) = (0.7 * direction[0] / length, 0.7 * direction[1] / length, 0.7 * direction[2] / length)
            let value = 2 + 3 * a + 4 * b + 5 * a * b + 6 * a * b * c
            largest = max(largest, value)
        }
        let bound = polynomial.bound(radius: 0.7)
        #expect(largest <= bound && bound < 1.2 * largest)
        #expect(abs((5 * product).bound(radius: 0.7) - 5 * 0.245) < 1e-15)
    }
}
