import Simulation
import Testing

@Suite struct InteractionWorldTests {
    @Test("interaction: one effect in one regime only, another one with opposite signs, which is none over both")
    func interaction() throws {
        let large = try LargeStudy("interaction")
        let (regime, w) = (try large.regime, try large.latent("w"))
        func within(_ value: Double, _ name: String) throws -> Double {
            let rows = regime.indices.filter { regime[$0] == value }
            func part(_ x: [Double]) -> [Double] { rows.map { x[$0] } }
            return correlation(part(try large.measure(name)), part(large.target), given: [part(w)])
        }
        // Half of the networks, and a standard error √2 times as large.
        for (name, regime, wanted) in [
            ("in_one_regime", 0.0, 0.0), ("in_one_regime", 1, 1 / 3.0.squareRoot()), ("opposed", 0, -0.5.squareRoot()),
            ("opposed", 1, 1 / 3.0.squareRoot()),
        ] {
            #expect(abs(try within(regime, name) - wanted) < 1.5 * large.error, "\(name) \(regime)")
        }
        large.expect(correlation(try large.measure("opposed"), large.target, given: [regime, w]), 0)
        #expect(correlation(try large.measure("in_one_regime"), large.target, given: [regime, w]) > 0.25)
    }

    @Test("regime-by-confounder: the confounder with the regime's sign takes the link away, by itself it takes nothing")
    func regimeByConfounder() throws {
        let large = try LargeStudy("regime-by-confounder")
        try large.expect("by_confounder", raw: 0.5, given: [try large.latent("sw")], 0)
        try large.expect("by_confounder", raw: 0.5, given: [large.confounder(0)], 0.5)
    }

    @Test("product: the product of the confounders takes the link away, they themselves take nothing")
    func product() throws {
        let large = try LargeStudy("product")
        let raw = 1 / 6.0.squareRoot()
        try large.expect("by_product", raw: raw, given: [try large.latent("w1w2")], 0)
        try large.expect("by_product", raw: raw, given: [large.confounder(0), large.confounder(1)], 0.5)
    }
}
