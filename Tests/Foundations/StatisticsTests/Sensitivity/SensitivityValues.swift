import Foundation
import Statistics
import Testing

/// The values in Fixtures/sensitivity.json, written by Fixtures/make_sensitivity_fixtures.py.
struct SensitivityValues: Decodable {
    struct Robustness: Decodable, CustomTestStringConvertible {
        var t: Double
        var df: Int
        var q, level, partialR2, partialF2, value, valueAtLevel: Double
        var testDescription: String { "t \(t), df \(df), q \(q), level \(level)" }
    }

    struct Benchmark: Decodable, CustomTestStringConvertible {
        struct Row: Decodable {
            var multiple, treatment, outcome, estimate, standardError: Double
            var t: Double?
        }

        var name: String
        var treatment, outcome, estimate, standardError, level: Double
        var df: Int
        var multiples: [Row]
        var leastMultiple: Double?
        var testDescription: String { name }

        var covariate: BenchmarkCovariate { BenchmarkCovariate(treatment: treatment, outcome: outcome) }
    }

    var robustnessValues: [Robustness]
    var benchmarks: [Benchmark]

    static func load() throws -> SensitivityValues {
        let file = Bundle.module.bundleURL.appending(path: "Fixtures/sensitivity.json")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(SensitivityValues.self, from: Data(contentsOf: file))
    }
}
