import LinearAlgebra
import Testing
import TheoryLabs

@Suite struct LayerwiseDescentTests {
    /// mean (f - y)² + λ Σ (A + B).
    private func objective(
        _ network: HomogeneousNetwork, _ inputs: Matrix, _ labels: [Double], weight: Double
    ) -> Double {
        network.squaredError(inputs, labels) + weight * NeuronTraces(network, on: inputs).trace / 2
    }

    @Test(
        "Gradients are those of differences, at widths with and without idle lanes", arguments: [(8, 0.0), (11, 0.3)])
    func gradients(_ width: Int, _ weight: Double) {
        let (inputs, labels) = (normalMatrix(9, 5, "inputs"), normals(9, "labels"))
        let network = normalNetwork(.relu, width: width, dimension: 5)
        var pass = RectifierPass(network, inputs: inputs, labels: labels)
        let risk = pass.differentiate(flatnessWeight: weight)
        #expect(relativeDifference(risk, network.squaredError(inputs, labels)) < 1e-13)
        let step = 1e-6
        for j in 0..<width {
            func slope(_ change: (inout HomogeneousNetwork, Double) -> Void) -> Double {
                var (up, down) = (network, network)
                change(&up, step)
                change(&down, -step)
                return (objective(up, inputs, labels, weight: weight) - objective(down, inputs, labels, weight: weight))
                    / (2 * step)
            }
            #expect(abs(pass.gradient[j / 8][j % 8] - slope { $0.outer[j] += $1 }) < 1e-6)
            for l in 0..<5 {
                #expect(
                    abs(pass.gradient[(1 + l) * pass.blocks + j / 8][j % 8] - slope { $0.inner[j, l] += $1 }) < 1e-6)
            }
        }
        for j in width..<(8 * pass.blocks) { #expect(pass.gradient[j / 8][j % 8] == 0) }
    }

    @Test("No steps leave the network as it is")
    func noSteps() throws {
        let network = normalNetwork(.relu, width: 11, dimension: 3)
        let result = try #require(
            LayerwiseDescent(steps: 0, learningRate: 0.1).trained(
                network, on: normalMatrix(4, 3, "inputs"), labels: normals(4, "labels")))
        #expect(result.network.outer == network.outer && result.network.inner == network.inner && result.steps == 0)
    }

    @Test("Training does not depend on the axes")
    func rotation() throws {
        let (inputs, labels) = (normalMatrix(12, 3, "inputs"), normals(12, "labels"))
        let network = normalNetwork(.relu, width: 8, dimension: 3)
        let turn = try #require(normalMatrix(3, 3, "turn").singularValueDecomposition()).left
        let turned = HomogeneousNetwork(.relu, outer: network.outer, inner: network.inner * turn)
        let descent = LayerwiseDescent(steps: 50, learningRate: 0.02)
        let a = try #require(descent.trained(network, on: inputs, labels: labels)).network
        let b = try #require(descent.trained(turned, on: inputs * turn, labels: labels)).network
        for (x, y) in zip(a.outputs(inputs), b.outputs(inputs * turn)) { #expect(abs(x - y) < 1e-9) }
    }
}
