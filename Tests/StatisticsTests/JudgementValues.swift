import Foundation
import Statistics

/// The values in Fixtures/judgements.json, written by Fixtures/make_judgement_fixtures.py.
struct JudgementValues: Decodable {
    struct Family: Decodable {
        var p, adjusted: [Double]
    }

    var benjaminiHochberg: [Family]

    static func load() throws -> JudgementValues {
        let file = Bundle.module.bundleURL.appending(path: "Fixtures/judgements.json")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(JudgementValues.self, from: Data(contentsOf: file))
    }
}
