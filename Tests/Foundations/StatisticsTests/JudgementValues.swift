import Foundation
import Statistics
import Testing

/// The values in Fixtures/judgements.json, written by Fixtures/make_judgement_fixtures.py.
struct JudgementValues: Decodable {
    struct Family: Decodable {
        var p, adjusted: [Double]
    }

    struct Comparison: Decodable {
        struct Tests: Decodable {
            var t, tP, z, zP: Double
        }

        var target, first, second: [Double]
        var pearson, spearman: Tests
    }

    struct Gain: Decodable, CustomTestStringConvertible {
        var name: String
        var baseline: [[Double]]
        var measure, target: [Double]
        var ranked: Bool
        var units: [Int]
        var folds: [[Int]]
        var gain, standardError, baselineR2: Double
        var testDescription: String { name }
    }

    struct Grid: Decodable, CustomTestStringConvertible {
        struct Granulated: Decodable {
            var psi: Double?
            var settings, without, pairs: Int
        }

        struct Information: Decodable {
            var axes: [String]
            var value: Double?
            var pairs, tiedInMeasure, tiedInTarget, settings: Int
        }

        struct Environment: Decodable {
            var axis: String
            var others, values: [String]
            var error: Double
            var pairs: Int
        }

        var name: String
        /// Axis by axis.
        var labels: [[String]]
        var measure, target: [Double]
        var tau: Double
        var granulated: [Granulated]
        var information: [Information]
        var environments: [Environment]
        var testDescription: String { name }

        func models() throws -> ConfiguredModels {
            try ConfiguredModels(
                measure: Variable("measure", measure), target: Variable("target", target),
                axes: labels.enumerated().map { ConfiguredModels.Axis("axis \($0)", $1) })
        }
    }

    struct Meta: Decodable, CustomTestStringConvertible {
        struct Pooled: Decodable {
            var tauSquared, mean, standardError, hartungKnapp, p, lower, upper: Double
            var predictionLower, predictionUpper: Double?
        }

        var name: String
        var rho: [Double]
        var n: [Int]
        var q, qP, iSquared: Double
        var pauleMandel, derSimonianLaird: Pooled
        var testDescription: String { name }
    }

    var benjaminiHochberg: [Family]
    var dependentCorrelations: [Comparison]
    var crossFittedGains: [Gain]
    var robustness: [Grid]
    var randomEffects: [Meta]

    static func load() throws -> JudgementValues {
        let file = Bundle.module.bundleURL.appending(path: "Fixtures/judgements.json")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(JudgementValues.self, from: Data(contentsOf: file))
    }
}
