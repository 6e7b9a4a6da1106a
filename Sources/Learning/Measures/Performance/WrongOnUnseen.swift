import Parameters

/// How many unseen points the network classifies wrongly.
public struct WrongOnUnseen: Measure {
    public static let about = MeasureDescription(
        id: "wrong_on_unseen", title: "Mistakes on unseen points", family: "performance",
        formula: "#{argmax z(x_j) ≠ y_j} over the unseen points; ties go to the lowest class",
        source: "the usual definition; Bennett, arXiv 2605.05209 counts it beside ensemble agreement",
        invariances: [.layerRescaling, .neuronRescaling, .permutation, .outputScaling],
        reads: [.unseenInputs, .unseenLabels], predictedSign: .negative, effortUnit: "points",
        limits: "Reads unseen labels, the test points' among them: no predictor.")

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        guard subject.unseen.count > 0 else { return MeasuredValue(.undefined, reason: "there are no unseen points") }
        let wrong = zip(subject.unseenAnswers.classes, subject.unseen.labels).count { $0 != $1 }
        return MeasuredValue(Double(wrong), effort: subject.unseen.count)
    }
}
