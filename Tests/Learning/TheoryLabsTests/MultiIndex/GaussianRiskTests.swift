import Foundation
import LinearAlgebra
import Testing
import TheoryLabs

@Suite struct GaussianRiskTests {
    @Test(
        "The closed form agrees with quadrature over angles in two dimensions",
        arguments: HomogeneousActivation.allCases)
    func quadrature(_ activation: HomogeneousActivation) {
        let network = normalNetwork(activation, width: 5, dimension: 2)
        // f(r, θ) = r^p g(θ): E f² = E r^2p · mean g², with E r² = 2 and E r⁴ = 8.
        let count = 400_000
        let angles = Matrix(rows: count, columns: 2) { row, column in
            let angle = 2 * .pi * (Double(row) + 0.5) / Double(count)
            return column == 0 ? cos(angle) : sin(angle)
        }
        let moment = activation == .relu ? 2.0 : 8.0
        let integral = moment * network.outputs(angles).reduce(0) { $0 + $1 * $1 } / Double(count)
        #expect(relativeDifference(network.gaussianSquaredNorm, integral) < 1e-9)
    }

    @Test("It agrees with simulation within four standard errors", arguments: HomogeneousActivation.allCases)
    func simulation(_ activation: HomogeneousActivation) throws {
        let problem = sample(activation, d: 7, n: 5, k: 2)
        let model = MultiIndexModel(problem, network: normalNetwork(activation, width: 6, dimension: 7))
        let sampled = model.sampledPopulationRisk(draws: 50_000)
        let value = try #require(sampled.value)
        #expect(abs(value - model.populationRisk) < 4 * sampled.standardError)
        #expect(sampled.standardError < 0.1 * value)
    }

    @Test("The quadratic form's formula is the sum over pairs of neurons")
    func pairs() {
        let network = normalNetwork(.quadratic, width: 4, dimension: 5)
        let products = network.inner * network.inner.transposed
        var sum = 0.0
        for i in 0..<4 {
            for j in 0..<4 {
                let lengths = (products[i, i] * products[j, j]).squareRoot()
                sum +=
                    network.outer[i] * network.outer[j] * lengths * lengths
                    * HomogeneousActivation.quadratic.gaussianProduct(cosine: products[i, j] / lengths)
            }
        }
        #expect(relativeDifference(network.gaussianSquaredNorm, sum) < 1e-12)
    }

    @Test("A network's risk against itself, split and reordered, is 0")
    func itself() {
        for activation in HomogeneousActivation.allCases {
            let network = normalNetwork(activation, width: 3, dimension: 4)
            let same = network.split(into: [2, 1, 3]).rescaled(by: [1, 2, 0.5, 3, 1, 0.1])
            #expect(same.gaussianRisk(against: network) < 1e-13 * network.gaussianSquaredNorm)
        }
    }
}
