import Foundation
import Simulation
import Testing

@Suite struct CurveWorldTests {
    @Test("u-shape: the square of the confounder, not the confounder, takes the link away")
    func uShape() throws {
        let large = try LargeStudy("u-shape")
        let w = try large.latent("w")
        let (square, size) = (w.map { $0 * $0 }, w.map(abs))
        try large.expect("by_square", raw: 1 / 3.0.squareRoot(), given: [square], 0)
        try large.expect("by_square", raw: 1 / 3.0.squareRoot(), given: [w], 2 / 3.0)
        // E|w|³ - E|w| E w² = √(2/π), and |w| + f has the variance 2 - 2/π.
        let raw = (2 / Double.pi).squareRoot() / (4 * (2 - 2 / Double.pi)).squareRoot()
        try large.expect("by_size", raw: raw, given: [square, size], 0)
    }

    @Test("wave, fast-wave: given the sine nothing is left, given the confounder much", arguments: [2.0, 6])
    func waves(frequency: Double) throws {
        let large = try LargeStudy(frequency == 2 ? "wave" : "fast-wave")
        let w = try large.latent("w")
        #expect(w == large.confounder(0))
        let acting = 1 - exp(-2 * frequency * frequency)
        try large.expect(
            "by_curve", raw: acting / ((acting + 1) * (acting + 2)).squareRoot(),
            given: [w.map { sin(frequency * $0) }], 0)
        // The covariance of w and √2 sin(k w) is √2 k exp(-k²/2).
        let rest = acting - 2 * frequency * frequency * exp(-frequency * frequency)
        large.expect(
            correlation(try large.measure("by_curve"), large.target, given: [try large.regime, w]), rest / (rest + 1))
    }

    @Test("threshold: only beyond the 90th percentile of the confounder do target and measure differ")
    func threshold() throws {
        let large = try LargeStudy("threshold")
        let beyond = try large.latent("w").map { $0 > 0.9 ? 1.0 : 0 }
        #expect(abs(beyond.reduce(0, +) / Double(beyond.count) - 0.1) < 0.011)
        try large.expect("by_curve", raw: -0.81 / (1.81 * 2.81).squareRoot(), given: [beyond], 0)
    }

    @Test("zero-inflated: half of the values are 0, and what is above 0 of the confounder takes the link away")
    func zeros() throws {
        let large = try LargeStudy("zero-inflated")
        let x = try large.measure("by_curve")
        #expect(abs(Double(x.count { $0 == 0 }) / Double(x.count) - 0.5) < 0.02)
        #expect(pearson(x, large.target) > 0.3)
        let given = [try large.regime, try large.latent("w").map { max(0, $0) }]
        large.expect(correlation(x, large.target, given: given), 0)
    }

    @Test("curved-axis: the learning rate as a category takes the link away, as a number it does not")
    func axis() throws {
        let large = try LargeStudy("curved-axis")
        let (x, factor) = (try large.measure("by_axis"), try large.factor("learning_rate"))
        large.expect(pearson(x, large.target), 1 / 6.0.squareRoot())
        large.expect(pearson(centred(x, by: factor.labels), centred(large.target, by: factor.labels)), 0)
        let numbers = try #require(factor.numbers)
        #expect(correlation(x, large.target, given: [numbers]) > 0.25)
        #expect(correlation(x, large.target, given: [numbers.map(log)]) > 0.25)
    }
}
