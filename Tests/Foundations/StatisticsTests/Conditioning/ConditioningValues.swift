import Foundation
import Statistics
import Testing

/// The values of SciPy and NumPy in Fixtures/conditioning.json, written by Fixtures/make_conditioning_fixtures.py.
struct ConditioningValues: Decodable {
    struct Spline: Decodable, CustomTestStringConvertible {
        var name: String
        var values, column, fitted: [Double]
        var normalScores, isCategorical: Bool
        var degrees, rank: Int
        var testDescription: String { name }
    }

    struct Hermite: Decodable, CustomTestStringConvertible {
        var name: String
        var values: [Double]
        var columns: [[Double]]
        var testDescription: String { name }
    }

    struct Held: Decodable, CustomTestStringConvertible {
        var name: String
        var categories: [Int]
        var columns: [[Double]]
        var x, y, leftX, leftY, explained: [Double]
        var residualDegrees: Int
        var order: [Int32]
        var testDescription: String { name }
    }

    struct Residuals: Decodable {
        var a, b: [Double]
        var correlation, root, studentised: Double
    }

    struct Noisy: Decodable, CustomTestStringConvertible {
        var name: String
        var categories: [Int]
        var x, y: [Double]
        var confounders: [[Double]]
        var reliabilities: [Double]
        var t: Double
        var degrees: Int
        var isFloored: Bool
        var testDescription: String { name }
    }

    struct Sensitivity: Decodable, CustomTestStringConvertible {
        struct Benchmark: Decodable {
            var treatment, outcome: Double
        }

        var name: String
        var labels: [Int]
        var confounders: [[Double]]
        var x, y: [Double]
        var t: Double
        var degrees: Int
        var benchmarks: [Benchmark]
        var testDescription: String { name }
    }

    var splines: [Spline]
    var hermite: [Hermite]
    var held: [Held]
    var residualTests: [Residuals]
    var noisy: [Noisy]
    var sensitivities: [Sensitivity]

    static func load() throws -> ConditioningValues {
        let file = Bundle.module.bundleURL.appending(path: "Fixtures/conditioning.json")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(ConditioningValues.self, from: Data(contentsOf: file))
    }
}

extension HeldColumns {
    /// Columns beside a constant.
    init(_ columns: [[Double]], count: Int) {
        self.init(categories: [Int](repeating: 0, count: count))
        for column in columns { add(column) }
    }

    /// What a constant, categories and columns fit to a column.
    func fitted(_ column: [Double]) -> [Double] {
        zip(column, remainder(of: column) ?? column.map { _ in 0 }).map(-)
    }
}

/// The largest difference of two columns' rows; infinite for columns of different lengths.
func distance(_ a: [Double], _ b: [Double]) -> Double {
    a.count == b.count ? zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) } : .infinity
}

/// Midranks less their mean.
func centredRanks(_ column: [Double]) -> [Double] {
    midranks(column).map { $0 - Double(column.count + 1) / 2 }
}

/// Whether a share of so many independent trials is less than three standard errors from `expected`.
func isNear(_ found: Int, of trials: Int, expected: Double) -> Bool {
    abs(Double(found) / Double(trials) - expected) < 3 * (expected * (1 - expected) / Double(trials)).squareRoot()
}
