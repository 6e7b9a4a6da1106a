import Foundation
import Measures
import Networks
import Parameters

/// The values of Fixtures/measures.json: five small networks, and what a plain float64 implementation of every measure
/// found for them.
struct GoldenMeasures: Decodable {
    /// A number, or why there is none.
    struct Value: Decodable {
        var value: Double?
        var undefined: String?
        var standardError: Double?

        private enum Key: String, CodingKey {
            case value, undefined
            case standardError = "standard_error"
        }

        init(from decoder: any Decoder) throws {
            if let number = try? decoder.singleValueContainer().decode(Double.self) {
                value = number
                return
            }
            let keys = try decoder.container(keyedBy: Key.self)
            value = try keys.decodeIfPresent(Double.self, forKey: .value)
            undefined = try keys.decodeIfPresent(String.self, forKey: .undefined)
            standardError = try keys.decodeIfPresent(Double.self, forKey: .standardError)
        }
    }

    struct Case: Decodable {
        var widths: [Int]
        var seed: UInt64
        var parameters: [Float]
        var initialParameters: [Float]
        var inputs, unseen: [[Float]]
        var labels: [UInt8]
        var hessianDiagonal: [Double]?
        var relativeFlatnessByLayer: [Double]?
        var daviesBouldinByLayer: [Double]?
        /// Pieces, and changes of the class.
        var segments: [[Int]]?
        var segmentLabels: String?
        var deterministic: [String: Value]
        var stochastic: [String: Value]?
        var firstNormals: [Double]?
        var gaugeNormBalanced: [String: Value]?
    }

    struct Disagreement: Decodable {
        var values: [Double]
    }

    struct Words: Decodable {
        var words, reversed: Int
        var complexity: Double
    }

    struct Tail: Decodable {
        var distance, alpha: Double
        var firstOfTail: Int
    }

    var networks: [String: Case]
    var disagreement: Disagreement
    var undefined: [String: [String: Value]]
    var lempelZiv: [String: Words]
    var heavyTail: Tail

    static func load() throws -> GoldenMeasures {
        let file = Bundle.module.bundleURL.appending(path: "Fixtures/measures.json")
        // A value that is not a finite number is the word Infinity, which JSON has not.
        let text = try String(contentsOf: file, encoding: .utf8).replacing("Infinity", with: "1e999")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .custom { path in
            // Ids of measures stay as they are.
            let key = path[path.count - 1].stringValue
            let known = [
                "initial_parameters": "initialParameters", "hessian_diagonal": "hessianDiagonal",
                "relative_flatness_by_layer": "relativeFlatnessByLayer",
                "davies_bouldin_by_layer": "daviesBouldinByLayer", "first_normals": "firstNormals",
                "gauge_norm_balanced": "gaugeNormBalanced", "segment_labels": "segmentLabels",
                "lempel_ziv": "lempelZiv", "heavy_tail": "heavyTail", "first_of_tail": "firstOfTail",
            ]
            return path.count <= 3 ? PlainKey(known[key] ?? key) : PlainKey(key)
        }
        return try decoder.decode(GoldenMeasures.self, from: Data(text.utf8))
    }
}

private struct PlainKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
}

extension GoldenMeasures.Case {
    var architecture: Architecture { Architecture(widths: widths) }
    var network: Network { Network(architecture: architecture, parameters: parameters) }
    var initialNetwork: Network { Network(architecture: architecture, parameters: initialParameters) }
    var training: LabelledPoints {
        LabelledPoints(inputs: inputs.flatMap(\.self), labels: labels, inputSize: widths[0])
    }

    func subject(_ network: Network? = nil) -> Subject {
        let initial = initialNetwork
        return Subject(
            network: network ?? self.network, training: training, test: .none(inputSize: widths[0]),
            unseen: .none(inputSize: widths[0]), unseenInputs: unseen.flatMap(\.self), probes: [], position: 0,
            seed: seed, epochs: 0, initialNetwork: { initial })
    }
}

/// The measure, with the options that a golden id stands for.
struct GoldenID {
    let measure: any Measure.Type
    let options: [String: ParameterValue]

    private static let variants: [String: (id: String, options: [String: ParameterValue])] = [
        "adaptive_sharpness_worst_l2": ("adaptive_sharpness_worst", ["norm": .word("l2")]),
        "sharpness_worst_linf": ("adaptive_sharpness_worst", ["adaptive": .flag(false)]),
        "sharpness_worst_l2": ("adaptive_sharpness_worst", ["adaptive": .flag(false), "norm": .word("l2")]),
        "adaptive_top_eigenvalue": ("hessian_top_eigenvalue", ["adaptive": .flag(true)]),
        "adaptive_sharpness_average_normalized": (
            "adaptive_sharpness_average", ["logits": .word("normalized")]
        ),
    ]

    /// Nil for an id that is no measure.
    init?(_ id: String, gauge: Bool = false) {
        let (id, options) = Self.variants[id] ?? (id, [:])
        guard let measure = try? MeasureCatalogue.measure(id) else { return nil }
        self.measure = measure
        self.options = options.merging(gauge ? ["gauge": .word("norm-balanced")] : [:]) { $1 }
    }

    func evaluate(_ subject: Subject) -> MeasuredValue { measure.init(stating: options).evaluate(subject) }
}
