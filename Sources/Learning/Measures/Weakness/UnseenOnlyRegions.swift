import Parameters

/// How many regions of the last hidden layer unseen points fall in and training points do not: k_free.
public struct UnseenOnlyRegions: Measure {
    public static let about = MeasureDescription(
        id: "unseen_only_regions", title: "Regions without training points", family: "weakness",
        formula: "#(R_unseen \\ R_training), R the activation patterns of the last hidden layer at the points",
        source: "Bennett, arXiv 2605.05209 (k_free)",
        invariances: [.layerRescaling, .neuronRescaling, .permutation, .outputScaling],
        reads: [.trainingInputs, .unseenInputs], predictedSign: .positive, effortUnit: "points",
        limits:
            """
            With many more unseen points than training points it is close to the number of their patterns, and \
            grows with them.
            """
    )

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        do {
            let training = PatternTable(try subject.patterns(at: .training))
            let unseen = PatternTable(try subject.patterns(at: .unseen))
            return MeasuredValue(
                Double(unseen.distinctCount(without: training)), effort: subject.training.count + subject.unseen.count,
                details: [
                    "unseen_regions": Double(unseen.distinctCount), "training_regions": Double(training.distinctCount),
                ])
        } catch {
            return MeasuredValue(.undefined, reason: error.reason)
        }
    }
}
