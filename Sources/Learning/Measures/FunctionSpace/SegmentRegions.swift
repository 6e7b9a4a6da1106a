import Parameters

/// How many linear pieces the network has on a straight segment between two unseen points, in the mean.
///
/// Segments run between consecutive pairs of the permutation dealt by child "segments", the same for all networks of a
/// study; the standard error is that of their choice.
///
/// - Complexity: O(segments · pieces · parameters beyond the first layer).
public struct SegmentRegions: Measure {
    public static let about = MeasureDescription(
        id: "segment_regions", title: "Linear pieces between unseen points", family: "function-space",
        formula: "mean over segments between pairs of unseen points of the number of linear pieces",
        source: "regions on a line: Hanin and Rolnick, arXiv 1901.09021; counted exactly",
        invariances: [.layerRescaling, .neuronRescaling, .permutation, .outputScaling], reads: [.unseenInputs],
        predictedSign: .negative, effortUnit: "segments",
        limits: "Counts bends, however slight. Straight lines between images leave the images' own set.",
        options: SegmentSample.options, halvesDetail: SegmentSample.halves)

    private let sample: SegmentSample

    public init(options: ParameterValues) { sample = SegmentSample(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        sample.mean(subject) { Double(SegmentPieces(of: subject.realNetwork, from: $0, to: $1).count) }
    }
}
