import Parameters

// What label noise does to a network: how well it knows the labels that were right, and how many wrong ones it learnt.

/// The share of training points that the network classifies as their own label says, before noise.
public struct CleanTrainAccuracy: Measure {
    public static let about = MeasureDescription(
        id: "clean_train_accuracy", title: "Training accuracy on clean labels", family: "performance",
        formula: "#{argmax z(x_i) = y_i} / n over the training points, y_i the label before noise",
        source: "the usual definition",
        invariances: [.layerRescaling, .neuronRescaling, .permutation, .outputScaling],
        reads: [.trainingInputs, .construction], predictedSign: .positive,
        limits: "Knows which labels are wrong: no predictor. Without label noise it is the training accuracy.")

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        let classes = subject.trainingAnswers.classes
        guard !classes.isEmpty else { return .undefined("there are no training points") }
        return MeasuredValue(Double(zip(classes, subject.cleanLabels).count { $0 == $1 }) / Double(classes.count))
    }
}

/// The share of replaced training labels that the network gives: how far it memorised what cannot be learnt.
public struct NoiseMemorised: Measure {
    public static let about = MeasureDescription(
        id: "noise_memorised", title: "Wrong training labels that were learnt", family: "performance",
        formula: "#{i replaced, argmax z(x_i) = its label in training} / #{i replaced}",
        source: "after Arpit et al., arXiv 1706.05394",
        invariances: [.layerRescaling, .neuronRescaling, .permutation, .outputScaling],
        reads: [.trainingInputs, .trainingLabels, .construction], predictedSign: .negative,
        limits: "Knows which labels are wrong: no predictor. Undefined without label noise.")

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        let labels = subject.training.labels
        let replaced = labels.indices.filter { labels[$0] != subject.cleanLabels[$0] }
        guard !replaced.isEmpty else { return .undefined("no training label was replaced") }
        let classes = subject.trainingAnswers.classes
        return MeasuredValue(Double(replaced.count { classes[$0] == labels[$0] }) / Double(replaced.count))
    }
}
