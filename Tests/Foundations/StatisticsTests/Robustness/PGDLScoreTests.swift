import Statistics
import Testing

@Suite struct PGDLScoreTests {
    private let axes: [ConfiguredModels.Axis] = [
        .init("width", ["x", "x", "y", "y"]), .init("depth", ["1", "2", "1", "2"]),
    ]

    @Test("The score is a hundred times the information about the gap, not about test accuracy")
    func gap() throws {
        // Gaps 0.1, 0.3, 0.2, 0.4 as the targets of the square by hand; test accuracies go the same way round.
        let measure = Variable("measure", [1, 2, 3, 4])
        let score = try pgdlScore(
            measure, trainAccuracy: [0.6, 0.9, 0.9, 1], testAccuracy: [0.5, 0.6, 0.7, 0.6], axes: axes)
        let byHand = conditionalMutualInformation(try twoByTwo())
        #expect(abs(score.score - 100 * (try #require(byHand.value))) < 1e-10)
        #expect(score.information.conditionings.map(\.axes) == byHand.conditionings.map(\.axes))
    }

    @Test("Gaps that differ by rounding alone are tied")
    func rounding() throws {
        // 0.9 - 0.8 and 0.8 - 0.7 differ by 1e-16.
        #expect(0.9 - 0.8 != 0.8 - 0.7)
        let score = try pgdlScore(
            Variable("measure", [1, 2, 3, 4]), trainAccuracy: [0.9, 0.8, 1, 1], testAccuracy: [0.8, 0.7, 0.8, 0.7],
            axes: axes)
        #expect(score.information.conditionings[0].tied == 1)
        #expect(throws: UndefinedCorrelation.constant(variable: "generalization gap")) {
            try pgdlScore(
                Variable("measure", [1, 2, 3, 4]), trainAccuracy: [0.9, 0.8, 0.9, 0.8],
                testAccuracy: [0.8, 0.7, 0.8, 0.7],
                axes: axes)
        }
    }

    @Test("Tasks are averaged, and no task has no score")
    func tasks() throws {
        func score(_ measure: [Double]) throws -> PGDLScore {
            try pgdlScore(
                Variable("measure", measure), trainAccuracy: [1, 1, 1, 1], testAccuracy: [0.9, 0.8, 0.7, 0.6],
                axes: axes)
        }
        let (perfect, mixed) = (try score([1, 2, 3, 4]), try score([4, 2, 3, 1]))
        #expect(perfect.score == 100 && mixed.score < 100)
    }
}
