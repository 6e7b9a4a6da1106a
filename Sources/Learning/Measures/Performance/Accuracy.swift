import Parameters

/// The share of training points that the network classifies correctly.
public struct TrainAccuracy: Measure {
    public static let about = MeasureDescription(
        id: "train_accuracy", title: "Training accuracy", family: "performance",
        formula: "#{argmax z(x_i) = y_i} / n over the training points; ties go to the lowest class",
        source: "the usual definition",
        invariances: [.layerRescaling, .neuronRescaling, .permutation, .outputScaling],
        reads: [.trainingInputs, .trainingLabels], predictedSign: .none,
        limits: "Near 1 for every memorising network, so its ranks say little.",
        roles: [.trainingAccuracy])

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        MeasuredValue(subject.trainingClassification.accuracy)
    }
}

/// The share of test points that the network classifies correctly: what a predictor should predict.
public struct TestAccuracy: Measure {
    public static let about = MeasureDescription(
        id: "test_accuracy", title: "Test accuracy", family: "performance",
        formula: "#{argmax z(x_j) = y_j} / m over the test points; ties go to the lowest class",
        source: "the usual definition",
        invariances: [.layerRescaling, .neuronRescaling, .permutation, .outputScaling],
        reads: [.unseenInputs, .unseenLabels], predictedSign: .positive, effortUnit: "points",
        limits:
            """
            The target itself: no predictor. On m points it stands for the population accuracy a within ± sqrt(a (1 \
            - a) / m).
            """,
        roles: [.testAccuracy], halvesDetail: betweenHalves)

    private static let betweenHalves = "between_halves"

    public init(options: ParameterValues) {}

    /// With the difference of the accuracies at even and at odd places of the test set, times √(m₁ m₂)/m for halves of
    /// m₁ and m₂ of m points: its variance over samples is the accuracy's.
    public func evaluate(_ subject: Subject) -> MeasuredValue {
        let found = subject.testClassification
        let count = Double(found.count)
        let even = Double((found.count + 1) / 2)
        let odd = count - even
        guard odd > 0 else { return MeasuredValue(found.accuracy, effort: subject.test.count) }
        let difference =
            Double(found.correctAtEvenPlaces) / even - Double(found.correct - found.correctAtEvenPlaces) / odd
        return MeasuredValue(
            found.accuracy, effort: subject.test.count,
            details: [Self.betweenHalves: (even * odd).squareRoot() / count * difference])
    }
}

/// Training accuracy minus test accuracy.
public struct GeneralizationGap: Measure {
    public static let about = MeasureDescription(
        id: "generalization_gap", title: "Generalisation gap", family: "performance",
        formula: "training accuracy - test accuracy",
        source: "the usual definition",
        invariances: [.layerRescaling, .neuronRescaling, .permutation, .outputScaling],
        reads: [.trainingInputs, .trainingLabels, .unseenInputs, .unseenLabels], predictedSign: .negative,
        limits:
            "Contains the target: no predictor. Among memorising networks its ranks are the test accuracy's, reversed.",
        roles: [.generalizationGap])

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        MeasuredValue(subject.trainingClassification.accuracy - subject.testClassification.accuracy)
    }
}
