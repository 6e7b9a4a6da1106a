import Foundation
import Networks
import Parameters

/// How much the loss rises when the parameters are rounded to four bits.
public struct QuantizedLossIncrease: Measure {
    public static let about = MeasureDescription(
        id: "quantized_loss_increase", title: "Loss added by rounding to 4 bits", family: "simplicity",
        formula: "L(θ_7) - L(θ), θ_m on the multiples of max|·|/m of each weight matrix and bias vector",
        source: "derived here; post-training quantization",
        invariances: [.layerRescaling, .permutation], reads: [.trainingInputs, .trainingLabels],
        predictedSign: .negative, effortUnit: "points", limits: "Rescaling single neurons changes it (option gauge).",
        options: [.points(), .seed, .gauge])

    private let choice: ViewChoice

    public init(options: ParameterValues) { choice = ViewChoice(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured(choice) { view in
            let rounded = Quantization(view.network, levels: 7).parameters
            return MeasuredValue(
                view.lossSurface.loss(at: rounded) - view.lossSurface.loss(at: view.network.parameters),
                effort: view.count)
        }
    }
}

/// The least sum of the bits for the rounded parameters and for the training labels given them.
///
/// - Complexity: a forward pass for each of 55 levels.
public struct TwoPartCode: Measure {
    public static let about = MeasureDescription(
        id: "two_part_code", title: "Two-part code", family: "simplicity",
        formula: "min over m of code_length(θ_m) + n L(θ_m)/ln 2",
        source: "Rissanen (1978)",
        invariances: [.layerRescaling, .permutation], reads: [.trainingInputs, .trainingLabels],
        predictedSign: .negative, effortUnit: "points",
        limits: "With far more parameters than labels the cheapest code can win with a useless network.",
        options: [.points(), .seed, .gauge])

    private let choice: ViewChoice

    public init(options: ParameterValues) { choice = ViewChoice(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured(choice) { view in
            var (least, best) = (Double.infinity, 0)
            for m in Quantization.levels {
                let rounded = Quantization(view.network, levels: m)
                let labels = Double(view.count) * view.lossSurface.loss(at: rounded.parameters) / log(2)
                let bits = rounded.codeLength + labels
                if bits < least { (least, best) = (bits, m) }
            }
            return MeasuredValue(
                least, effort: view.count, details: ["levels": Double(best)])
        }
    }
}

/// The bound on the error that the rounded parameters' code gives.
public struct OccamBound: Measure {
    public static let about = MeasureDescription(
        id: "occam_bound", title: "Occam bound", family: "PAC-Bayes",
        formula: "training error + sqrt((code_length ln 2 + ln 20)/(2n))",
        source: "Blumer et al. (1987); Langford, JMLR 6 (2005), at 95 %",
        invariances: [.layerRescaling, .permutation, .outputScaling], reads: [.trainingInputs, .trainingLabels],
        predictedSign: .negative, effortUnit: "points",
        limits: "Above 1, which says nothing, with far more parameters than points; ranks as code_length does there.",
        options: [.points(), .seed, .gauge])

    private let choice: ViewChoice

    public init(options: ParameterValues) { choice = ViewChoice(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured(choice) { view in
            guard let rounded = view.leastQuantization() else { return .undefined(PointView.noLevels) }
            let error = 1 - Double(view.correct) / Double(view.count)
            return MeasuredValue(
                error + ((rounded.codeLength * log(2) + log(20)) / Double(2 * view.count)).squareRoot(),
                effort: view.count)
        }
    }
}
