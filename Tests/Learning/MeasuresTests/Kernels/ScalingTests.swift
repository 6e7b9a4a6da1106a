import Foundation
import Measures
import Networks
import Testing

@Suite struct ScalingTests {
    private static let ids = MeasureCatalogue.all.filter { $0.about.options.contains { $0.name == "scaling" } }
        .map { $0.about.id }

    @Test("Measures of bounds are divided by the points as bounds have it, errors too", arguments: ids)
    func bound(id: String) throws {
        let golden = try #require(GoldenMeasures.load().networks["A"])
        let subject = golden.subject(golden.network)
        let measure = try MeasureCatalogue.measure(id)
        let plain = measure.init().evaluate(subject)
        let bound = measure.init(stating: ["scaling": .word("bound")]).evaluate(subject)
        let value = try #require(plain.value)
        let n = Double(subject.training.count)
        // By its definition: a logarithm, the root of what the bound divides, or that itself.
        let roots: Set = [
            "distance_from_initialization", "spectral_distance", "path_norm_l2", "path_norm_l2_over_margin",
        ]
        let expected =
            id.hasPrefix("log_")
            ? (value - log(n)) / 2 : roots.contains(id) ? value / n.squareRoot() : (value / n).squareRoot()
        #expect(abs(try #require(bound.value) - expected) < 1e-12 * abs(expected))
        // By a small step: what the value's error makes of the scaled one.
        let step = plain.standardError / 1000
        let moved =
            id.hasPrefix("log_")
            ? step / 2
            : roots.contains(id)
                ? step / n.squareRoot()
                : ((value + step) / n).squareRoot() - (value / n).squareRoot()
        #expect(abs(bound.standardError - 1000 * moved) <= 1e-2 * bound.standardError)
    }

    @Test("Every bound of Jiang's tables that stands alone offers it")
    func all() {
        #expect(Self.ids.count == 20)
    }
}
