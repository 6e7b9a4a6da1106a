import Foundation
import Measures
import Testing

/// The committed problems with SciPy's answers (`Fixtures/make_labelling_fixtures.py`).
struct LabellingFixtures: Decodable {
    struct Problem: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let width: Int
        let classes: Int
        let separable: Bool
        let labels: [Int]
        /// In units of `LabellingFixtures.unit`.
        let features: [Int]
        let probes: [Int]
        /// One string a probe: 1, 0 or ? for each class.
        let feasible: [String]

        var testDescription: String { name }
    }

    let made_with: String
    let unit: Float
    let ambiguous: Int
    let problems: [Problem]

    static func load() throws -> LabellingFixtures {
        let url = Bundle.module.url(forResource: "Fixtures/labelling-problems", withExtension: "json")
        let data = try Data(contentsOf: url ?? URL(fileURLWithPath: "labelling-problems.json"))
        return try JSONDecoder().decode(LabellingFixtures.self, from: data)
    }

    /// For the arguments of tests; the test that loads the fixtures tells why when there are none.
    static let problems = (try? load())?.problems ?? []
}

extension LabellingFixtures.Problem {
    /// The problem with unit u's features multiplied by `scales[u]` and class c called `names[c]`.
    func problem(unit: Float = 1 / 16, scales: [Float]? = nil, names: [Int]? = nil) -> LabellingProblem {
        func scaled(_ values: [Int]) -> [Float] {
            values.enumerated().map { Float($1) * unit * (scales?[$0 % width] ?? 1) }
        }
        return LabellingProblem(
            classCount: classes, width: width, features: scaled(features),
            labels: labels.map { UInt8(names?[$0] ?? $0) },
            probes: scaled(probes))
    }
}

extension LabellingAnswers {
    /// The answers as the fixtures write them, ? for undecided.
    func rows(probes: Int, classes: Int) -> [String] {
        (0..<probes).map { probe in
            (0..<classes).map { c in
                switch self[probe, c] {
                case .feasible: "1"
                case .infeasible: "0"
                case .undecided: "?"
                }
            }.joined()
        }
    }
}
