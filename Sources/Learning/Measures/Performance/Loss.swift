import Parameters

/// The mean cross-entropy over the training points.
public struct TrainLoss: Measure {
    public static let about = MeasureDescription(
        id: "train_loss", title: "Training loss", family: "performance",
        formula: "(1/n) Σ_i (log Σ_c exp z_c(x_i) - z_y(x_i)), in nats",
        source: "the usual definition",
        invariances: [.layerRescaling, .neuronRescaling, .permutation],
        reads: [.trainingInputs, .trainingLabels], predictedSign: .negative,
        limits: "Scaling the logits of a memorising network drives it to zero without changing a decision.",
        roles: [.trainingConfounder])

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        MeasuredValue(subject.trainingClassification.loss)
    }
}

/// The mean cross-entropy over the test points.
public struct TestLoss: Measure {
    public static let about = MeasureDescription(
        id: "test_loss", title: "Test loss", family: "performance",
        formula: "(1/m) Σ_j (log Σ_c exp z_c(x_j) - z_y(x_j)), in nats",
        source: "the usual definition",
        invariances: [.layerRescaling, .neuronRescaling, .permutation],
        reads: [.unseenInputs, .unseenLabels], predictedSign: .negative,
        limits: "Reads the test labels: no predictor. A few confident mistakes dominate it.")

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        MeasuredValue(subject.testClassification.loss)
    }
}
