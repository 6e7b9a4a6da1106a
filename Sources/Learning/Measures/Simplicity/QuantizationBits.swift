import Foundation
import Parameters

/// How coarsely the parameters may be rounded before a right answer on the training points is lost, in bits.
public struct QuantizationBits: Measure {
    public static let about = MeasureDescription(
        id: "quantization_bits", title: "Bits that keep the training accuracy", family: "simplicity",
        formula: "log2(2m + 1), m the least in {2^(k/4)} from above at which no right answer is lost",
        source:
            "derived here; flat minima as short descriptions: Hochreiter and Schmidhuber, Neural Computation 9 (1997)",
        invariances: [.layerRescaling, .permutation, .outputScaling], reads: [.trainingInputs, .trainingLabels],
        predictedSign: .negative, effortUnit: "points",
        limits: "Coarse: four steps to a factor of two. Rescaling single neurons changes it (option gauge).",
        options: [.points(), .seed, .gauge])

    private let choice: ViewChoice

    public init(options: ParameterValues) { choice = ViewChoice(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured(choice) { view in
            guard let rounded = view.leastQuantization() else { return .undefined(PointView.noLevels) }
            return MeasuredValue(
                log2(Double(2 * rounded.levels + 1)), effort: view.count,
                details: ["levels": Double(rounded.levels)])
        }
    }
}

/// How many bits the rounded parameters take, at the coarsest rounding that keeps the training accuracy.
public struct CodeLength: Measure {
    public static let about = MeasureDescription(
        id: "code_length", title: "Description length at these bits", family: "simplicity",
        formula:
            "6 + Σ over weights and biases of 32 + log2((N + 2m)!/((2m)! Π c_s!)), m as in quantization_bits",
        source: "two-part codes: Rissanen (1978); adaptive code by Laplace's rule",
        invariances: [.layerRescaling, .permutation, .outputScaling], reads: [.trainingInputs, .trainingLabels],
        predictedSign: .negative, effortUnit: "points",
        limits: "Coarse, as quantization_bits is; symbols count by their frequencies, not by their places.",
        options: [.points(), .seed, .gauge])

    private let choice: ViewChoice

    public init(options: ParameterValues) { choice = ViewChoice(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured(choice) { view in
            guard let rounded = view.leastQuantization() else { return .undefined(PointView.noLevels) }
            return MeasuredValue(
                rounded.codeLength, effort: view.count, details: ["levels": Double(rounded.levels)])
        }
    }
}
