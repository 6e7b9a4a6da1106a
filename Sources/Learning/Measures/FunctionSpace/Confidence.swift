import LinearAlgebra
import Parameters

/// The mean of the largest class probability at unseen points.
public struct AverageConfidence: Measure {
    public static let about = MeasureDescription(
        id: "average_confidence", title: "Confidence on unseen points", family: "function-space",
        formula: "mean over unseen points of max_c p_c",
        source: "Hendrycks and Gimpel, arXiv 1610.02136; Garg et al., arXiv 2201.04234",
        invariances: [.layerRescaling, .neuronRescaling, .permutation], reads: [.unseenInputs],
        predictedSign: .positive, effortUnit: "points",
        limits: "Rises as the logits grow, whatever the decisions are.", options: [.unseenPoints, .seed])

    private let points: UnseenPoints

    public init(options: ParameterValues) { points = UnseenPoints(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measuredOnUnseen(points) { view in
            let probabilities = softmaxRows(view.logits, classes: view.classes)
            let sum = (0..<view.count).reduce(0.0) { sum, point in
                sum + (probabilities[point * view.classes..<(point + 1) * view.classes].max() ?? 0)
            }
            return MeasuredValue(sum / Double(view.count), effort: view.count)
        }
    }
}

/// The nuclear norm of the class probabilities at unseen points: large where they are sure and spread over the classes.
public struct NuclearNormConfidence: Measure {
    public static let about = MeasureDescription(
        id: "nuclear_norm_confidence", title: "Nuclear norm of the predictions on unseen points",
        family: "function-space", formula: "|P|_*/sqrt(min(N, K) N), P the N x K probabilities at unseen points",
        source: "Deng et al., arXiv 2302.01094",
        invariances: [.layerRescaling, .neuronRescaling, .permutation], reads: [.unseenInputs],
        predictedSign: .positive, effortUnit: "points",
        limits: "Rises as the logits grow, whatever the decisions are.", options: [.unseenPoints, .seed])

    private let points: UnseenPoints

    public init(options: ParameterValues) { points = UnseenPoints(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measuredOnUnseen(points) { view in
            let probabilities = softmaxRows(view.logits, classes: view.classes)
            guard let values = BLAS.singularValues(probabilities, rows: view.count, columns: view.classes) else {
                return .noDecomposition
            }
            let (count, rank) = (Double(view.count), Double(min(view.count, view.classes)))
            return MeasuredValue(values.reduce(0, +) / (rank * count).squareRoot(), effort: view.count)
        }
    }
}

/// The mean entropy of the class probabilities at the training points, in nats.
public struct TrainingEntropy: Measure {
    public static let about = MeasureDescription(
        id: "training_entropy", title: "Entropy of the predictions on training points", family: "function-space",
        formula: "mean over training points of -Σ_c p_c ln p_c",
        source: "Jiang et al., arXiv 1912.02178, measure 23 (there negated)",
        invariances: [.layerRescaling, .neuronRescaling, .permutation], reads: [.trainingInputs],
        predictedSign: .negative, effortUnit: "points",
        limits: "Nearly the training loss where all points are memorised.")

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured { view in
            MeasuredValue(
                meanEntropy(softmaxRows(view.logits, classes: view.classes), view.count), effort: view.count)
        }
    }
}
