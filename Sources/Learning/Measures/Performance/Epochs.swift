import Parameters

/// How many epochs the network was trained before it stopped.
public struct Epochs: Measure {
    public static let about = MeasureDescription(
        id: "epochs", title: "Epochs trained", family: "optimisation",
        formula: "epochs until the stopping rule was met, or the most allowed",
        source: "Jiang et al., arXiv 1912.02178 (optimisation-based measures)",
        invariances: [.layerRescaling, .neuronRescaling, .permutation, .outputScaling],
        reads: [.trainingHistory], predictedSign: .negative,
        limits: "As coarse as the stopping rule's interval: many ties.",
        roles: [.trainingConfounder])

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        guard let epochs = subject.epochs else {
            return .undefined("nobody said for how many epochs this network was trained")
        }
        return MeasuredValue(Double(epochs))
    }
}
