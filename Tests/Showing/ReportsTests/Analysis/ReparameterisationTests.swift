import Foundation
import Reports
import Results
import TestSupport
import Testing

@Suite struct ReparameterisationTests {
    /// Three networks; of the first two, copies with layer 1 or 2 multiplied. The trace grows with the square of the
    /// factor, test accuracy stays but for rounding, the test loss of one copy changes against its claim.
    static func networks() -> [SyntheticStudy.Network] {
        var networks = (0..<3).map { index in
            SyntheticStudy.Network(
                regime: index == 0 ? "a" : "b",
                columns: [
                    "test_accuracy": 0.9 + 0.01 * Double(index), "test_loss": 0.3, "hessian_trace": 60 + Double(index),
                    "weight_norm_l1": 100, "unheard_of": Double(index),
                ])
        }
        for base in [1, 0] {
            for (layer, factor) in [(1, 2.0), (1, 10), (2, 5)] {
                var columns = networks[base].columns
                columns["hessian_trace"]? *= factor * factor
                columns["test_accuracy"]? *= 1 + 1e-6
                if base == 0, factor == 5 { columns["test_loss"] = 0.31 }
                if base == 1 { columns["unheard_of"] = nil }
                networks.append(
                    .init(
                        regime: networks[base].regime,
                        hyperparameters: #"{"rescaled_by":\#(factor),"rescaled_layer":\#(layer)}"#, columns: columns,
                        copyOf: base, variant: "layer \(layer) x \(Int(factor))"))
            }
        }
        return networks
    }

    private func population(_ networks: [SyntheticStudy.Network] = networks()) throws -> Population {
        try Archive().population(SyntheticStudy(networks: networks))
    }

    @Test("Copies are no networks: correlations, groupings and counts leave them out")
    func apart() throws {
        let population = try population()
        #expect(population.models.count == 3 && population.copies.count == 6)
        #expect(try population.values("hessian_trace") == [60, 61, 62])
        #expect(population.groupings.map(\.name) == ["regime"])
        #expect(try population.correlation("hessian_trace", "test_accuracy", bootstrap: nil).count == 3)
    }

    @Test("Each copy is held against its own network, in the order of the networks")
    func pairs() throws {
        let found = try Reparameterisation(of: population())
        #expect(
            found.copies.map(\.copy.variant)
                == Array(repeating: ["layer 1 x 2", "layer 1 x 10", "layer 2 x 5"], count: 2).joined().map(\.self))
        #expect(found.copies.map(\.base.position) == [0, 0, 0, 1, 1, 1])
        #expect(found.copies.map { $0.ratio("hessian_trace") } == [4, 100, 25, 4, 100, 25])
        #expect(
            found.copies.map(\.factor) == [2, 10, 5, 2, 10, 5]
                && found.copies.map(\.layer) == ["1", "1", "2", "1", "1", "2"])
        // The first network's value is 0, of which there is no ratio, and the second's copies have none.
        #expect(found.copies.allSatisfy { $0.ratio("unheard_of") == nil })
    }

    @Test("A measure's claim is held against the largest change; rounding is no change")
    func verdicts() throws {
        let outcomes = try Dictionary(
            uniqueKeysWithValues: Reparameterisation(of: population()).outcomes.map { ($0.measure, $0) })
        let accuracy = try #require(outcomes["test_accuracy"])
        #expect(accuracy.verdict == .invariant && accuracy.count == 6)
        #expect(abs(try #require(accuracy.largestChange) - 1e-6) < 1e-12)
        let loss = try #require(outcomes["test_loss"])
        #expect(loss.verdict == .contradicted && loss.worst?.copy.variant == "layer 2 x 5")
        #expect(abs(try #require(loss.largestChange) - 1.0 / 30) < 1e-12)
        #expect(outcomes["hessian_trace"]?.verdict == .variant && outcomes["hessian_trace"]?.largestChange == 99)
        #expect(outcomes["weight_norm_l1"]?.verdict == .unchanged)
        #expect(outcomes["unheard_of"]?.verdict == .unknown && outcomes["unheard_of"]?.count == 3)
    }

    @Test("A change from 0 is a change, and no change from 0 is none")
    func zero() throws {
        for (after, verdict) in [(0.0, Reparameterisation.Outcome.Verdict.invariant), (2, .contradicted)] {
            let outcome = try Reparameterisation(
                of: population([
                    .init(columns: ["dead_units": 0, "test_accuracy": 1]),
                    .init(columns: ["dead_units": after, "test_accuracy": 1], copyOf: 0, variant: "v"),
                ])
            ).outcomes.first { $0.measure == "dead_units" }
            #expect(outcome?.verdict == verdict)
        }
    }

    @Test("A copy without its network is named, not compared")
    func orphan() throws {
        var networks = Self.networks()
        networks[1].failure = "loss is not finite after epoch 3"
        let archive = try Archive()
        let population = try archive.population(SyntheticStudy(networks: networks))
        let found = Reparameterisation(of: population)
        #expect(found.copies.count == 3 && found.orphans.count == 3)
        #expect(
            try StudyReport(of: population, in: archive.store).markdown.contains(
                "not compared: network 1, layer 1 x 2, network 1, layer 1 x 10, network 1, layer 2 x 5."))
    }

    @Test("The report has both tables, and a curve of each changing measure over the factor, log-log")
    func section() throws {
        let archive = try Archive()
        let report = try StudyReport(
            of: archive.population(SyntheticStudy(networks: Self.networks())), in: archive.store)
        let text = report.markdown
        #expect(text.contains("3 trained networks of 3, 0 failed, with 6 variants;"))
        #expect(
            text.contains(
                "| hessian_trace | no | 6 | 99.0 | network 0, layer 1 x 10 | changes, and does not claim otherwise |"))
        #expect(text.contains("| test_loss | yes | 6 | 0.0333 | network 0, layer 2 x 5 | changes, against its claim |"))
        #expect(
            text.contains("| network 0 | as trained | 60.000 |")
                && text.contains("| network 0 | layer 1 x 10 | 6000.0 (×100.0) |"))
        #expect(
            report.pictures.map(\.name).filter { $0.hasPrefix("curve-") }
                == ["curve-rescaled-hessian_trace.svg", "curve-rescaled-test_loss.svg"])
        let svg = try ParsedSVG(
            try #require(report.pictures.first { $0.name == "curve-rescaled-hessian_trace.svg" }).svg)
        // The square of the factor is a line of slope 2 from the network itself.
        let places = try svg.all("circle", inClass: "series-0").map { (try $0.number("cx"), try $0.number("cy")) }
        #expect(places.count == 3)
        let slopes = zip(places, places.dropFirst()).map { ($1.1 - $0.1) / ($1.0 - $0.0) }
        #expect(abs(slopes[0] - slopes[1]) < 0.01 * abs(slopes[0]))
        #expect(svg.texts.contains("hessian_trace (log scale)") && svg.texts.contains("network 0, layer 1"))
    }

    @Test("A study without copies says nothing of them")
    func none() throws {
        let archive = try Archive()
        let report = try StudyReport(
            of: archive.population(SyntheticStudy(networks: Array(Self.networks().prefix(3)))), in: archive.store)
        #expect(!report.markdown.contains("copies") && !report.markdown.contains("variants"))
    }
}
