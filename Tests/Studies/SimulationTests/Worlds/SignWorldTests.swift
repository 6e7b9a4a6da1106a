import Simulation
import Testing

@Suite struct SignWorldTests {
    @Test("suppressor: raw 0.18, given the confounder 0.71")
    func suppressor() throws {
        let large = try LargeStudy("suppressor")
        try large.expect("suppressed", raw: 1 / 30.0.squareRoot(), given: [try large.latent("w")], 0.5.squareRoot())
    }

    @Test("masks, reverses: given the confounder 0.62, raw nothing or the other sign")
    func hidden() throws {
        let (masks, reverses) = (try LargeStudy("masks"), try LargeStudy("reverses"))
        let partial = 0.8 / 1.64.squareRoot()
        try masks.expect("hidden", raw: 0, given: [try masks.latent("w")], partial)
        try reverses.expect("reversed", raw: -1.6 / 16.8.squareRoot(), given: [try reverses.latent("w")], partial)
    }

    @Test("opposed: nothing raw, and nothing given both; given regime or confounder alone there is something")
    func opposed() throws {
        let large = try LargeStudy("opposed")
        let w = try large.latent("w")
        try large.expect("opposed", raw: 0, given: [w], 0)
        try large.expect("opposed", raw: 0, given: [], 0.5)
        large.expect(correlation(try large.measure("opposed"), large.target, given: [w]), -0.5)
    }

    @Test("opposed-curves: nothing raw, nothing given square and confounder; given the confounders as lines 2/3")
    func curves() throws {
        let large = try LargeStudy("opposed-curves")
        let (w1, w2) = (try large.latent("w1"), try large.latent("w2"))
        try large.expect("by_confounders", raw: 0, given: [w1.map { $0 * $0 }, w2], 0)
        try large.expect("by_confounders", raw: 0, given: [w1, w2], 2 / 3.0)
    }

    @Test("causes-the-confounder: the measure moves the column, given which nothing is left of it")
    func mediator() throws {
        let large = try LargeStudy("causes-the-confounder")
        try large.expect("mediated", raw: 0.5, given: [try large.latent("z")], 0)
        large.expect(pearson(try large.measure("mediated"), try large.latent("z")), 0.5.squareRoot())
        // Given the measure the column still moves the target: it is no mere copy.
        large.expect(
            correlation(try large.latent("z"), large.target, given: [try large.regime, try large.measure("mediated")]),
            0.5.squareRoot())
    }

    @Test("collider: nothing raw; given what both move, and the regime, -0.5")
    func collider() throws {
        let large = try LargeStudy("collider")
        try large.expect("colliding", raw: 0, given: [large.confounder(0)], -0.5)
    }

    @Test("selected: among networks that are left measure and noise are linked, by the missing half plane alone")
    func selected() throws {
        let large = try LargeStudy("selected")
        let (x, e) = (try large.measure("selected"), try large.latent("e"))
        #expect(zip(x, e).allSatisfy { $0 + $1 > 0 })
        // Along the diagonal the variance is 1 - 2/π, across it 1.
        let along = 1 - 2 / Double.pi
        large.expect(pearson(x, e), (along - 1) / (along + 1))
        let given = [try large.regime, large.confounder(0)]
        large.expect(correlation(x, large.target, given: given), (along - 1) / (along + 1))
    }

    @Test("unmeasured: what was not recorded takes the link away, what was recorded takes nothing")
    func unmeasured() throws {
        let large = try LargeStudy("unmeasured")
        let raw = 1 / 6.0.squareRoot()
        try large.expect("by_unmeasured", raw: raw, given: [try large.latent("u")], 0)
        try large.expect("by_unmeasured", raw: raw, given: [large.confounder(0)], 0.5)
    }
}
