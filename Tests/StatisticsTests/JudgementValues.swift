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

    var benjaminiHochberg: [Family]
    var dependentCorrelations: [Comparison]
    var crossFittedGains: [Gain]

    static func load() throws -> JudgementValues {
        let file = Bundle.module.bundleURL.appending(path: "Fixtures/judgements.json")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(JudgementValues.self, from: Data(contentsOf: file))
    }
}
