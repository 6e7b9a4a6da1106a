import Statistics
import Testing

@Suite struct GranulatedKendallTests {
    @Test("Random grids agree with loops over all pairs in Python", arguments: try JudgementValues.load().robustness)
    func reference(grid: JudgementValues.Grid) throws {
        let found = granulatedKendall(try grid.models())
        #expect(abs(found.tau - grid.tau) < 1e-14)
        for (axis, expected) in zip(found.axes, grid.granulated) {
            #expect((axis.psi == nil) == (expected.psi == nil) && (axis.reason == nil) == (axis.psi != nil))
            #expect(abs((axis.psi ?? 0) - (expected.psi ?? 0)) < 1e-13)
            #expect(axis.settings == expected.settings && axis.settingsWithoutPairs == expected.without)
            #expect(axis.pairs == expected.pairs)
        }
        let psi = grid.granulated.compactMap(\.psi)
        #expect(abs((try #require(found.mean)) - psi.reduce(0, +) / Double(psi.count)) < 1e-13)
    }

    @Test("Two values by two: every edge agrees, so Psi is 1 while tau is 4/6")
    func square() throws {
        let found = granulatedKendall(try twoByTwo())
        #expect(found.axes.map(\.psi) == [1, 1] && found.mean == 1)
        #expect(abs(found.tau - 4.0 / 6) < 1e-15)
        #expect(found.reason == nil)
    }

    @Test("Two values by three, by hand")
    func byHand() throws {
        let found = granulatedKendall(try twoByThree())
        // Width: each of three settings of depth has one pair, all alike.
        #expect(found.axes[0].psi == 1 && found.axes[0].settings == 3 && found.axes[0].pairs == 3)
        // Depth: at x (+1 +1 -1)/3, at y (-1 -1 0)/3; their mean is (1/3 - 2/3)/2.
        #expect(abs(try #require(found.axes[1].psi) + 1.0 / 6) < 1e-15)
        #expect(found.axes[1].pairs == 6 && found.axes[1].tied == 1 && found.axes[1].settings == 2)
        #expect(abs(try #require(found.mean) - 5.0 / 12) < 1e-15)
        // 1 at x, -2 at y, 9 between them, of 15.
        #expect(abs(found.tau - 8.0 / 15) < 1e-15)
    }

    @Test("Repeats of one configuration are compared with the other's, never with each other")
    func repeats() throws {
        let found = granulatedKendall(try twoRepeats())
        // 1-2, 1-4 and 3-4 agree, 3-2 does not.
        #expect(found.axes[0].psi == 0.5 && found.axes[0].pairs == 4)
    }

    @Test("A perfect measure has Psi 1, its negative -1, noise about 0")
    func symmetry() throws {
        let perfect = granulatedKendall(try fullGrid { _, target in target * target * target })
        #expect(perfect.mean == 1 && perfect.tau == 1 && perfect.axes.allSatisfy { $0.psi == 1 })
        let reversed = granulatedKendall(try fullGrid { _, target in -target })
        #expect(reversed.mean == -1 && reversed.tau == -1)
        let noise = granulatedKendall(try fullGrid { numbers, _ in numbers.normal() })
        #expect(abs(try #require(noise.mean)) < 0.1 && abs(noise.tau) < 0.1)
    }

    @Test("A measure that follows one hyperparameter has a tau, and a psi on that one alone")
    func oneHyperparameter() throws {
        // The target rises with width and depth; the measure is width and a little noise.
        let grid = try fullGrid { numbers, _ in numbers.normal() }
        let width = Variable(
            "measure",
            grid.axes[0].labels.map { 10 * (Double($0) ?? 0) }.enumerated().map { $1 + Double($0 * 37 % 101) / 101 })
        let found = granulatedKendall(try ConfiguredModels(measure: width, target: grid.target, axes: grid.axes))
        #expect(found.tau > 0.25)
        #expect(try #require(found.axes[0].psi) > 0.4)
        for axis in found.axes.dropFirst() { #expect(abs(try #require(axis.psi)) < 0.15) }
    }

    @Test("A hyperparameter that never changes alone is named and left out of the mean")
    func missing() throws {
        func models(_ axes: [ConfiguredModels.Axis]) throws -> GranulatedKendall {
            granulatedKendall(
                try ConfiguredModels(
                    measure: Variable("m", [1, 2, 3]), target: Variable("g", [1, 2, 3]), axes: axes))
        }
        let one = try models([.init("width", ["a", "b", "c"]), .init("depth", ["1", "1", "1"])])
        #expect(one.axes[1].psi == nil && one.axes[1].reason == "No two models differ in depth alone.")
        #expect(one.axes[1].settingsWithoutPairs == 3)
        #expect(one.mean == 1 && one.reason == "Left out of the mean, since no two models differ in it alone: depth.")
        let none = try models([.init("width", ["a", "b", "c"]), .init("depth", ["1", "2", "3"])])
        #expect(none.mean == nil && none.reason == "No two models differ in one hyperparameter alone.")
        #expect(try models([]).reason == "No two models differ in one hyperparameter alone.")
    }
}
