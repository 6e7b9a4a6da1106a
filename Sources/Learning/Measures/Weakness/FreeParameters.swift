import Parameters

/// How many parameters of a linear layer for each region the training points leave free.
///
/// In a region r of the last hidden layer a linear layer of its own has K (D + 1) parameters, for D units and K
/// classes; each of the n_r training points there takes one away.
public struct FreeParameters: Measure {
    public static let about = MeasureDescription(
        id: "free_parameters", title: "Free parameters of the regions", family: "weakness",
        formula:
            "Σ_r max(0, K (D + 1) - n_r) over the regions r of the training points, D last hidden units, K classes",
        source: "Bennett, arXiv 2605.05209 (free parameters)",
        invariances: [.layerRescaling, .neuronRescaling, .permutation, .outputScaling],
        reads: [.trainingInputs], predictedSign: .positive, effortUnit: "points",
        limits: "Where regions hold few training points it is K (D + 1) times their number, less the number of points.")

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        do {
            let regions = PatternTable(try subject.patterns(at: .training))
            let parameters = subject.architecture.classCount * (subject.architecture.featureWidth + 1)
            let free = regions.occurrences.reduce(0) { $0 + max(0, parameters - $1) }
            return MeasuredValue(
                Double(free), effort: subject.training.count,
                details: ["training_regions": Double(regions.distinctCount)])
        } catch {
            return MeasuredValue(.undefined, reason: error.reason)
        }
    }
}
