import Parameters

/// The Davies–Bouldin index of the features times the label-wise mixup error.
public struct DaviesBouldinMixup: Measure {
    public static let about = MeasureDescription(
        id: "davies_bouldin_mixup", title: "Davies–Bouldin index times mixup error", family: "features",
        formula: "davies_bouldin_index · mixup_error",
        source: "Natekar and Sharma, arXiv 2012.02775: the winner of the PGDL competition, over all points",
        invariances: [.layerRescaling, .permutation, .outputScaling], reads: [.trainingInputs, .trainingLabels],
        predictedSign: .negative, effortUnit: "points",
        limits: "0 where no midpoint is mistaken, whatever the index is.",
        options: [.gauge])

    private let options: ParameterValues

    public init(options: ParameterValues) { self.options = options }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        let index = DaviesBouldinIndex(stating: options["gauge"].map { ["gauge": $0] } ?? [:]).evaluate(subject)
        guard let clusters = index.value else { return index }
        let error = MixupError().evaluate(subject)
        guard let mistaken = error.value else { return error }
        return MeasuredValue(clusters * mistaken, effort: index.effort)
    }
}
