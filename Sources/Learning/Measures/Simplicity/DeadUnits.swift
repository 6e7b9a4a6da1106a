import Parameters

/// How many units of the last hidden layer are zero on every training point.
public struct DeadUnits: Measure {
    public static let about = MeasureDescription(
        id: "dead_units", title: "Dead units of the last hidden layer", family: "simplicity",
        formula: "#{u : φ_u(x_i) = 0 for all training points i}",
        source: "derived here; a confounder of the pair proxy",
        invariances: [.layerRescaling, .neuronRescaling, .permutation, .outputScaling], reads: [.trainingInputs],
        predictedSign: .none,
        limits: "A small whole number: many ties. Without a hidden layer it counts blank input columns.",
        roles: [.networkConfounder])

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        let width = subject.architecture.featureWidth
        var alive = [Bool](repeating: false, count: width)
        for (index, value) in subject.trainingPass.features.enumerated() where value != 0 {
            alive[index % width] = true
        }
        return MeasuredValue(Double(alive.count { !$0 }))
    }
}
