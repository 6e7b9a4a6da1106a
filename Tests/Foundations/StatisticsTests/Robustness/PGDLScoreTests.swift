import Foundation
import Statistics
import Testing

/// The values in Fixtures/pgdl.json, written by Fixtures/make_pgdl_fixtures.py.
struct PGDLValues: Decodable, CustomTestStringConvertible {
    struct Pair: Decodable {
        var axes: [Int]
        var value: Double?
    }

    var name: String
    /// Axis by axis.
    var labels: [[String]]
    var measure, trainAccuracy, testAccuracy: [Double]
    var sets: [Pair]
    var score: Double?
    var testDescription: String { name }

    var axes: [ConfiguredModels.Axis] { labels.enumerated().map { ConfiguredModels.Axis("axis \($0)", $1) } }

    static func load() throws -> [PGDLValues] {
        let file = Bundle.module.bundleURL.appending(path: "Fixtures/pgdl.json")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode([PGDLValues].self, from: Data(contentsOf: file))
    }
}

@Suite struct PGDLScoreTests {
    /// Eight models, one a configuration.
    private let axes: [ConfiguredModels.Axis] = [
        .init("width", ["x", "x", "x", "x", "y", "y", "y", "y"]),
        .init("depth", ["1", "1", "2", "2", "1", "1", "2", "2"]),
        .init("rate", ["a", "b", "a", "b", "a", "b", "a", "b"]),
    ]

    @Test("The competition's rule by loops over all ordered pairs in Python", arguments: try PGDLValues.load())
    func reference(example: PGDLValues) throws {
        let found = try pgdlScore(
            Variable("measure", example.measure), trainAccuracy: example.trainAccuracy,
            testAccuracy: example.testAccuracy, axes: example.axes
        ).get()
        #expect(abs(found.score - (try #require(example.score))) < 1e-9)
        #expect(found.conditionings.map(\.axes) == example.sets.map { $0.axes.map { "axis \($0)" } })
        for (conditioning, expected) in zip(found.conditionings, example.sets) {
            #expect((conditioning.value == nil) == (expected.value == nil))
            #expect(abs((conditioning.value ?? 0) - (expected.value ?? 0)) < 1e-11)
            let combinations = expected.axes.reduce(1) { $0 * Set(example.labels[$1]).count }
            #expect(conditioning.bins == combinations * combinations)
        }
        #expect(found.minimum.value.map { 100 * $0 } == found.score)
    }

    @Test("By hand: bins of two models each, in which a tie is a minus")
    func byHand() throws {
        // Whatever two hyperparameters are known, the third tells the two models of a bin apart. The gap follows the
        // first of each pair of models; the measure is tied everywhere but between the first two.
        let gap = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]
        let found = try pgdlScore(Variable("measure", [1, 2, 2, 2, 2, 2, 2, 2]), gap: gap, axes: axes).get()
        // Given width and depth the gap of a bin of two combinations is + always or never. In a bin of one combination
        // it is + once in four ordered pairs (a model with itself is a minus); the measure tells that pair at x1 alone.
        let once = -(0.25 * log2(0.25) + 0.75 * log2(0.75))
        #expect(found.conditionings.map(\.axes) == [["width", "depth"], ["width", "rate"], ["depth", "rate"]])
        #expect(abs(try #require(found.conditionings[0].value) - once / (4 * once)) < 1e-15)
        #expect(found.conditionings[0].bins == 16)
    }

    @Test("The score is about the gap, not about test accuracy, and the order of models does not matter")
    func gap() throws {
        let train = [0.9, 0.95, 1, 1, 0.9, 0.99, 1, 1], test = [0.85, 0.8, 0.9, 0.7, 0.8, 0.8, 0.9, 0.75]
        let measure: [Double] = [3, 1, 4, 1, 5, 9, 2, 6]
        let score = try pgdlScore(
            Variable("measure", measure), trainAccuracy: train, testAccuracy: test, axes: axes
        ).get()
        let gap = zip(train, test).map { $0 - $1 }
        #expect(try pgdlScore(Variable("measure", measure), gap: gap, axes: axes).get() == score)
        let reversed = try pgdlScore(
            Variable("measure", measure.reversed()), gap: gap.reversed(),
            axes: axes.map { .init($0.name, $0.labels.reversed()) }
        ).get()
        #expect(abs(reversed.score - score.score) < 1e-12)
        let other = try pgdlScore(Variable("measure", measure), gap: test.map { 1 - $0 }, axes: axes).get()
        #expect(other.score != score.score)
    }

    @Test("What the rule has no answer for has a reason")
    func reasons() {
        func reason(_ measure: [Double], _ gap: [Double], _ axes: [ConfiguredModels.Axis]) -> String? {
            switch pgdlScore(Variable("measure", measure), gap: gap, axes: axes) {
            case .success: nil
            case .failure(let undefined): undefined.description
            }
        }
        let gap = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8], measure: [Double] = [3, 1, 4, 1, 5, 9, 2, 6]
        #expect(reason(measure, gap, axes) == nil)
        #expect(reason(measure, [Double](repeating: 0.1, count: 8), axes)?.contains("same value in every row") == true)
        #expect(reason([Double](repeating: 1, count: 8), gap, axes)?.contains("measure has the same value") == true)
        #expect(
            reason(measure, gap, [axes[0]]) == "PGDL holds two hyperparameters fixed, and width alone varies.")
        #expect(reason(measure, gap, []) == "PGDL holds two hyperparameters fixed, and none varies.")
        // Without the models of y and 2.
        let rows = 0..<6
        #expect(
            reason(
                rows.map { measure[$0] }, rows.map { gap[$0] },
                axes.map { axis in .init(axis.name, rows.map { axis.labels[$0] }) })
                == "PGDL takes a full grid, and no model has width y and depth 2.")
        // One model for each width and depth: every bin has one pair.
        let four = [0, 2, 4, 6]
        #expect(
            reason(
                four.map { measure[$0] }, four.map { gap[$0] },
                axes.prefix(2).map { axis in .init(axis.name, four.map { axis.labels[$0] }) })
                == "Two hyperparameters of both models determine the sign of every gap, so no measure can tell it.")
    }
}
