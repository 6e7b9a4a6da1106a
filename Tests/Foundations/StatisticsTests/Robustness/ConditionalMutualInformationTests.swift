import Foundation
import Statistics
import Testing

@Suite struct ConditionalMutualInformationTests {
    @Test(
        "Random grids agree with tables of probabilities over all ordered pairs in Python",
        arguments: try JudgementValues.load().robustness)
    func reference(grid: JudgementValues.Grid) throws {
        let found = conditionalMutualInformation(try grid.models())
        #expect(found.conditionings.map(\.axes) == grid.information.map(\.axes))
        for (conditioning, expected) in zip(found.conditionings, grid.information) {
            #expect((conditioning.value == nil) == (expected.value == nil))
            #expect((conditioning.reason == nil) == (expected.value != nil))
            #expect(abs((conditioning.value ?? 0) - (expected.value ?? 0)) < 1e-12)
            #expect(conditioning.pairs == expected.pairs && conditioning.tiedInMeasure == expected.tiedInMeasure)
            #expect(conditioning.tiedInTarget == expected.tiedInTarget)
            #expect(conditioning.settings == expected.settings)
        }
        let least = try #require(grid.information.compactMap(\.value).min())
        #expect(abs(try #require(found.value) - least) < 1e-12)
        #expect(found.minimum?.value == found.value && found.reason == nil)
    }

    /// 1 - h(c), with the binary entropy in bits.
    private func known(_ c: Double) -> Double { 1 + c * log2(c) + (1 - c) * log2(1 - c) }

    @Test("Two values by two: five of six pairs agree, and all once either hyperparameter is known")
    func square() throws {
        let found = conditionalMutualInformation(try twoByTwo())
        #expect(found.conditionings.map(\.axes) == [[], ["width"], ["depth"], ["width", "depth"]])
        #expect(abs(try #require(found.conditionings[0].value) - known(5.0 / 6)) < 1e-15)
        #expect(abs(known(5.0 / 6) - 0.349978) < 1e-6)
        #expect(found.conditionings[1].value == 1 && found.conditionings[2].value == 1)
        #expect(found.conditionings[3].value == nil && found.conditionings[3].pairs == 0)
        #expect(found.conditionings[3].reason == "No two models share width, depth.")
        #expect(found.minimum?.axes == [] && found.value == found.conditionings[0].value)
    }

    @Test("Two values by three, by hand")
    func byHand() throws {
        let found = conditionalMutualInformation(try twoByThree())
        // All pairs: 9 between x and y, 2 at x agree; 1 at x, 2 at y do not; of one the measure tells nothing.
        #expect(abs(try #require(found.conditionings[0].value) - 14 * known(11.0 / 14) / 15) < 1e-15)
        #expect(found.conditionings[0].pairs == 15 && found.conditionings[0].tiedInMeasure == 1)
        // Given width: three pairs at x of which 2 agree; two at y that both disagree, which tells as much as
        // agreement, and the tied one.
        #expect(abs(try #require(found.conditionings[1].value) - (3 * known(2.0 / 3) + 2 * 1) / 6) < 1e-15)
        #expect(found.conditionings[1].pairs == 6 && found.conditionings[1].settings == 2)
        // Given depth: one pair a setting, and one pair tells everything.
        #expect(found.conditionings[2].value == 1 && found.conditionings[2].settings == 3)
        #expect(found.minimum?.axes == [])
    }

    @Test("A perfect measure and its negative have K = 1, noise about 0")
    func symmetry() throws {
        #expect(conditionalMutualInformation(try fullGrid { _, target in 2 * target }).value == 1)
        #expect(conditionalMutualInformation(try fullGrid { _, target in -target }).value == 1)
        let noise = conditionalMutualInformation(try fullGrid { numbers, _ in numbers.normal() })
        #expect(try #require(noise.value) < 0.01)
    }

    @Test("The order of the models does not matter")
    func order() throws {
        let models = try fullGrid { numbers, target in target + numbers.normal() }
        let reversed = try ConfiguredModels(
            measure: Variable("m", models.measure.values.reversed()),
            target: Variable("g", models.target.values.reversed()),
            axes: models.axes.map { .init($0.name, $0.labels.reversed()) })
        for (one, other) in zip(
            conditionalMutualInformation(models).conditionings, conditionalMutualInformation(reversed).conditionings)
        {
            #expect(abs(try #require(one.value) - (try #require(other.value))) < 1e-13)
        }
    }

    @Test("A measure that only knows a hyperparameter loses all it tells once that is known")
    func confounded() throws {
        let grid = try fullGrid { numbers, _ in numbers.normal() }
        let width = grid.axes[0].labels.enumerated().map { 10 * (Double($1) ?? 0) + Double($0 * 37 % 101) / 101 }
        let found = conditionalMutualInformation(
            try ConfiguredModels(measure: Variable("m", width), target: grid.target, axes: grid.axes))
        #expect(try #require(found.conditionings[0].value) > 0.05)
        #expect(try #require(found.minimum).axes.contains("width"))
        #expect(try #require(found.value) < 0.01)
    }

    @Test("A copy of a hyperparameter tells nothing once that one is known, whatever it tells before")
    func copy() throws {
        let grid = try fullGrid { numbers, _ in numbers.normal() }
        let width = grid.axes[0].labels.map { Double($0) ?? 0 }
        let found = conditionalMutualInformation(
            try ConfiguredModels(measure: Variable("m", width), target: grid.target, axes: grid.axes))
        #expect(try #require(found.conditionings[0].value) > 0.05)
        #expect(found.value == 0 && found.minimum?.axes == ["width"])
        let known = try #require(found.minimum)
        #expect(known.pairs > 0 && known.tiedInMeasure == known.pairs && known.settings == 3 && known.reason == nil)
        // Pairs tied in the target are no evidence against it.
        #expect(known.pairs + known.tiedInTarget == 3 * 144 * 143 / 2)
    }

    @Test("A measure that sets one model apart is not credited with the pairs of which it says nothing")
    func hardlyVaries() throws {
        let grid = try fullGrid { numbers, _ in numbers.normal() }
        var values = [Double](repeating: 1, count: grid.count)
        // The first model of the highest target.
        values[try #require(grid.target.values.indices.max { grid.target.values[$0] < grid.target.values[$1] })] = 2
        let found = conditionalMutualInformation(
            try ConfiguredModels(measure: Variable("m", values), target: grid.target, axes: grid.axes))
        // It is right in the 431 pairs of that model, and silent in all others.
        let share = 2.0 / 432
        #expect(abs(try #require(found.conditionings[0].value) - share) < 1e-15)
        #expect(try #require(found.value) < 0.01)
    }

    @Test("Sets of other sizes can be asked for, and ties of the target everywhere are a reason")
    func sizes() throws {
        let all = conditionalMutualInformation(try fullGrid { _, target in target }, sizes: 0...4)
        #expect(all.conditionings.count == 16)
        #expect(conditionalMutualInformation(try twoByThree(), sizes: 2...2).conditionings.count == 1)
        let tied = conditionalMutualInformation(
            try ConfiguredModels(
                measure: Variable("m", [1, 3, 2]), target: Variable("g", [1, 1, 2]),
                axes: [.init("a", ["x", "x", "y"])]), sizes: 1...1)
        #expect(tied.value == nil && tied.conditionings[0].reason == "All models that share a are tied in the target.")
        #expect(tied.conditionings[0].tiedInTarget == 1 && tied.reason != nil)
    }
}
