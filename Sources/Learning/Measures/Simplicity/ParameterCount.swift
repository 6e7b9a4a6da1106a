import Parameters

/// How many weights and biases the network has.
public struct ParameterCount: Measure {
    public static let about = MeasureDescription(
        id: "parameter_count", title: "Parameters", family: "simplicity", formula: "P",
        source: "the count; bounds by VC dimension rank as it does",
        invariances: [.layerRescaling, .neuronRescaling, .permutation, .outputScaling], reads: [], predictedSign: .none,
        limits: "Constant in one architecture.")

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        MeasuredValue(Double(subject.architecture.parameterCount))
    }
}
