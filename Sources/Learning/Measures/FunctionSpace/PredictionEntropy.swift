import Foundation
import Parameters

/// The mean entropy of the class probabilities at unseen points, in nats.
public struct PredictionEntropy: Measure {
    public static let about = MeasureDescription(
        id: "prediction_entropy", title: "Entropy of the predictions on unseen points", family: "function-space",
        formula: "mean over unseen points of -Σ_c p_c ln p_c",
        source: "Jiang et al., arXiv 1912.02178 (entropy, there on the training points)",
        invariances: [.layerRescaling, .neuronRescaling, .permutation], reads: [.unseenInputs],
        predictedSign: .negative, effortUnit: "points",
        limits: "Falls as the logits grow, whatever the decisions are.", options: [.unseenPoints, .seed])

    private let points: UnseenPoints

    public init(options: ParameterValues) { points = UnseenPoints(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measuredOnUnseen(points) { view in
            MeasuredValue(
                meanEntropy(softmaxRows(view.logits, classes: view.classes), view.count), effort: view.count)
        }
    }
}

/// The sum of -p ln p over all rows, 0 ln 0 being 0, over their number.
func meanEntropy(_ probabilities: [Double], _ count: Int) -> Double {
    probabilities.reduce(0) { $0 - ($1 > 0 ? $1 * log($1) : 0) } / Double(count)
}
