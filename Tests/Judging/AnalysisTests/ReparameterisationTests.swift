import Analysis
import Results
import SyntheticStudies
import Testing

@Suite struct ReparameterisationTests {
    private func population(_ networks: [SyntheticStudy.Network] = rescaledNetworks()) throws -> Population {
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
        #expect(accuracy.stability == .invariant && accuracy.count == 6)
        #expect(abs(try #require(accuracy.largestChange) - 1e-6) < 1e-12)
        let loss = try #require(outcomes["test_loss"])
        #expect(loss.stability == .contradicted && loss.worst?.copy.variant == "layer 2 x 5")
        #expect(abs(try #require(loss.largestChange) - 1.0 / 30) < 1e-12)
        #expect(outcomes["hessian_trace"]?.stability == .variant && outcomes["hessian_trace"]?.largestChange == 99)
        #expect(outcomes["weight_norm_l1"]?.stability == .unchanged)
        #expect(outcomes["unheard_of"]?.stability == .unknown && outcomes["unheard_of"]?.count == 3)
    }

    @Test("A change from 0 is a change, and no change from 0 is none")
    func zero() throws {
        for (after, stability) in [(0.0, Reparameterisation.Outcome.Stability.invariant), (2, .contradicted)] {
            let outcome = try Reparameterisation(
                of: population([
                    .init(columns: ["dead_units": 0, "test_accuracy": 1]),
                    .init(columns: ["dead_units": after, "test_accuracy": 1], copyOf: 0, variant: "v"),
                ])
            ).outcomes.first { $0.measure == "dead_units" }
            #expect(outcome?.stability == stability)
        }
    }

    @Test("A copy without its network is named, not compared")
    func orphan() throws {
        var networks = rescaledNetworks()
        networks[1].failure = "loss is not finite after epoch 3"
        let found = try Reparameterisation(of: population(networks))
        #expect(found.copies.count == 3 && found.orphans.count == 3)
    }
}
