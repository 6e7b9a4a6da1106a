import Statistics
import Testing

/// Two hyperparameters of two and three values, one model each; every expected value follows from these by hand.
///
///     width  depth  measure  target
///     x      1      1        1
///     x      2      2        3
///     x      3      3        2
///     y      1      6        4
///     y      2      5        5
///     y      3      5        6
func twoByThree() throws -> ConfiguredModels {
    try ConfiguredModels(
        measure: Variable("measure", [1, 2, 3, 6, 5, 5]), target: Variable("target", [1, 3, 2, 4, 5, 6]),
        axes: [.init("width", ["x", "x", "x", "y", "y", "y"]), .init("depth", ["1", "2", "3", "1", "2", "3"])])
}

/// Two hyperparameters of two values: measure and target agree on every edge of the square, not on its diagonal.
///
///     width  depth  measure  target
///     x      1      1        1
///     x      2      2        3
///     y      1      3        2
///     y      2      4        4
func twoByTwo() throws -> ConfiguredModels {
    try ConfiguredModels(
        measure: Variable("measure", [1, 2, 3, 4]), target: Variable("target", [1, 3, 2, 4]),
        axes: [.init("width", ["x", "x", "y", "y"]), .init("depth", ["1", "2", "1", "2"])])
}

/// One hyperparameter of two values, two repeats each, in mixed order.
///
///     rate  measure  target
///     a     1        1
///     b     2        3
///     a     3        2
///     b     4        4
func twoRepeats() throws -> ConfiguredModels {
    try ConfiguredModels(
        measure: Variable("measure", [1, 2, 3, 4]), target: Variable("target", [1, 3, 2, 4]),
        axes: [.init("rate", ["a", "b", "a", "b"])])
}

/// 432 models on a grid of 3 · 4 · 3 · 4, three repeats each.
func fullGrid(measure: (inout SeededNumbers, Double) -> Double) throws -> ConfiguredModels {
    var numbers = SeededNumbers(seed: 61)
    let cells = (0..<432).map { $0 / 3 }
    let target = cells.map { Double($0 % 3) + 0.5 * Double($0 / 3 % 4) + numbers.normal() }
    let values = target.map { measure(&numbers, $0) }
    func axis(_ name: String, _ label: (Int) -> Int) -> ConfiguredModels.Axis {
        ConfiguredModels.Axis(name, cells.map { "\(label($0))" })
    }
    return try ConfiguredModels(
        measure: Variable("measure", values), target: Variable("target", target),
        axes: [
            axis("width") { $0 % 3 }, axis("depth") { $0 / 3 % 4 }, axis("rate") { $0 / 12 % 3 },
            axis("batch") { $0 / 36 },
        ])
}

@Suite struct ConfiguredModelsTests {
    @Test("Columns without anything to order are refused with a reason")
    func undefined() {
        func reason(_ measure: [Double], _ target: [Double]) -> UndefinedCorrelation? {
            do {
                _ = try ConfiguredModels(
                    measure: Variable("m", measure), target: Variable("g", target),
                    axes: [.init("a", measure.map { "\($0)" })])
                return nil
            } catch { return error }
        }
        #expect(reason([1], [2]) == .tooFewRows(1, least: 2))
        #expect(reason([], []) == .tooFewRows(0, least: 2))
        #expect(reason([1, .nan], [1, 2]) == .notFinite(variable: "m", row: 2))
        #expect(reason([1, 2], [.infinity, 2]) == .notFinite(variable: "g", row: 1))
        #expect(reason([3, 3], [1, 2]) == .constant(variable: "m"))
        #expect(reason([1, 2], [0, 0]) == .constant(variable: "g"))
        #expect(reason([1, 2], [0, 1]) == nil)
    }
}
