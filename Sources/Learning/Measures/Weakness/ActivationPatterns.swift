import Parameters

/// How many different sets of a hidden layer's units are on, over the points: the linear regions that they fall in.
public struct ActivationPatterns: Measure {
    public static let about = MeasureDescription(
        id: "activation_patterns", title: "Activation patterns", family: "weakness",
        formula: "#{(1[z_u(x) > 0])_u : x among the points}, z the pre-activations of the layer",
        source: "Bennett, arXiv 2605.05209 (linear regions of the hidden layers)",
        invariances: [.layerRescaling, .neuronRescaling, .permutation, .outputScaling],
        reads: [.trainingInputs, .unseenInputs], predictedSign: .positive, effortUnit: "points",
        limits:
            """
            Reads the inputs of the points that it counts on, and no others. At most the number of points, which \
            wide layers reach: then it is constant. Counts regions, not how far apart they are.
            """,
        options: [
            Parameter(
                "layer", .integer(in: 1...64), default: .absent(meaning: "the last"),
                "which hidden layer, counted from 1"),
            Parameter("points", default: PatternPoints.unseen, "where patterns are counted"),
        ])

    private let layer: Int?
    private let points: PatternPoints

    public init(options: ParameterValues) {
        layer = options["layer"]?.integer
        points = options.choice("points")
    }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        do {
            let patterns = try subject.patterns(at: points, layer: layer)
            return MeasuredValue(Double(PatternTable(patterns).distinctCount), effort: patterns.count)
        } catch {
            return MeasuredValue(.undefined, reason: error.reason)
        }
    }
}
