import Parameters

/// How often the class changes along a straight segment between two unseen points, in the mean; counted exactly.
///
/// - Complexity: that of `segment_regions`.
public struct SegmentClassChanges: Measure {
    public static let about = MeasureDescription(
        id: "segment_class_changes", title: "Class changes between unseen points", family: "function-space",
        formula: "mean over segments between pairs of unseen points of the number of changes of the largest logit",
        source: "derived here; the segments of segment_regions",
        invariances: [.layerRescaling, .neuronRescaling, .permutation, .outputScaling], reads: [.unseenInputs],
        predictedSign: .negative, effortUnit: "segments",
        limits: "Straight lines between images leave the images' own set.", options: SegmentSample.options,
        halvesDetail: SegmentSample.halves)

    private let sample: SegmentSample

    public init(options: ParameterValues) { sample = SegmentSample(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        sample.mean(subject) { Double(SegmentPieces(of: subject.realNetwork, from: $0, to: $1).classChanges) }
    }
}

extension SegmentPieces {
    /// How often the class of the largest logit changes, the lowest among equals at the start: in each piece logits are
    /// lines, and the next that overtakes the present one is found.
    package var classChanges: Int {
        let classes = logits.count / nodes.count
        var (changes, now) = (0, largest(logits, from: 0, classes))
        for piece in 0..<count {
            let (low, high) = (piece * classes, (piece + 1) * classes)
            var place = 0.0
            while true {
                var (next, nearest) = (now, 1.0)
                for c in 0..<classes where c != now {
                    let gain = (logits[high + c] - logits[low + c]) - (logits[high + now] - logits[low + now])
                    guard gain > 0 else { continue }
                    let cross = (logits[low + now] - logits[low + c]) / gain
                    if cross >= place - 1e-15, cross < nearest { (next, nearest) = (c, cross) }
                }
                guard next != now else { break }
                (now, place, changes) = (next, nearest, changes + 1)
            }
        }
        return changes
    }
}
