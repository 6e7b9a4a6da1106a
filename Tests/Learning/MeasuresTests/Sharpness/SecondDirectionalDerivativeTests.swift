import Measures
import Networks
import Randomness
import Testing

@Suite struct SecondDirectionalDerivativeTests {
    @Test(
        "Along random directions it is vᵀ H v of the full Hessian, to float32",
        arguments: HessianTraceTests.architectures)
    func fullHessian(widths: [Int]) {
        let network = Network.random(widths, seed: 4)
        let points = LabelledPoints.random(7, inputSize: widths[0], classCount: widths[widths.count - 1], seed: 4)
        let hessian = DenseHessian(network, points)
        let derivative = SecondDirectionalDerivative(network: network, points: points)
        var stream = NativeStream(seed: 5)
        for _ in 0..<5 {
            let v = stream.uniforms(count: hessian.size, low: -1, high: 1)
            let (expected, scale) = hessian.quadraticForm(v)
            #expect(abs(derivative.along(v) - expected) <= 1e-6 * scale + 1e-12)
        }
    }

    @Test("Along each single parameter it is the Hessian's diagonal")
    func diagonal() {
        let network = Network.random([3, 4, 3, 2], seed: 6)
        let points = LabelledPoints.random(5, inputSize: 3, classCount: 2)
        let hessian = DenseHessian(network, points)
        let derivative = SecondDirectionalDerivative(network: network, points: points)
        for index in 0..<hessian.size {
            var unit = [Float](repeating: 0, count: hessian.size)
            unit[index] = 1
            #expect(abs(derivative.along(unit) - hessian[index, index]) < 1e-6)
        }
    }

    @Test("Doubling the direction quadruples the value exactly, and turning it round changes nothing")
    func quadratic() {
        let network = Network.random([3, 4, 3, 2], seed: 6)
        let derivative = SecondDirectionalDerivative(
            network: network, points: .random(5, inputSize: 3, classCount: 2))
        var stream = NativeStream(seed: 7)
        let v = stream.uniforms(count: network.parameters.count, low: -1, high: 1)
        #expect(derivative.along(v.map { 2 * $0 }) == 4 * derivative.along(v))
        #expect(derivative.along(v.map { -$0 }) == derivative.along(v))
        #expect(derivative.along(v.map { _ in 0 }) == 0)
    }
}
