import Foundation
import Measures
import Networks
import Parameters
import Randomness
import Testing

@Suite struct LocalLearningCoefficientTests {
    private let network = Network.random([2, 2], seed: 5)
    private let points = LabelledPoints.random(30, inputSize: 2, classCount: 2, seed: 6)

    @Test("It is the mean loss over weighted draws around the network", arguments: [1.0, 10, 100])
    func weightedDraws(localization: Double) throws {
        let found = LocalLearningCoefficient(
            stating: ["localization": .number(localization), "chains": .integer(16), "draws": .integer(2000)]
        ).evaluate(Subject(network, training: points))
        let value = try #require(found.value)

        let surface = PointView(Float64Network(network), points).lossSurface
        let theta = network.parameters.map(Double.init)
        let base = surface.loss(at: theta)
        let weight = 30 / log(30.0)
        var stream = NativeStream(seed: 7)
        var (total, sum, squares) = (0.0, 0.0, 0.0)
        var draws: [(weight: Double, rise: Double)] = []
        for _ in 0..<200_000 {
            let rise = surface.loss(at: theta.map { $0 + stream.normal() / localization.squareRoot() }) - base
            draws.append((exp(-weight * rise), rise))
            total += draws[draws.count - 1].weight
            sum += draws[draws.count - 1].weight * rise
        }
        let mean = sum / total
        for draw in draws { squares += pow(draw.weight * (draw.rise - mean), 2) }
        let error = (pow(weight * squares.squareRoot() / total, 2) + pow(found.standardError, 2)).squareRoot()
        #expect(abs(value - weight * mean) < 4 * error, "\(value), \(weight * mean), ± \(error)")
        #expect(error < 0.03)
    }

    @Test("Chains that have not mixed are said to, and one point has no temperature")
    func doubt() throws {
        let short = LocalLearningCoefficient(
            stating: ["localization": .number(0.01), "burn_in": .integer(200), "draws": .integer(5)]
        ).evaluate(Subject(network, training: points))
        #expect(short.reason == "the chains have not mixed: more burn_in and draws may help")
        #expect(try #require(short.details["r_hat"]) > 1.1)
        let single = LocalLearningCoefficient(stating: [:]).evaluate(Subject(network, training: points.part(0..<1)))
        #expect(single.reason == "one training point gives no temperature, which is 1/ln n")
    }
}
