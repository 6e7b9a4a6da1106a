import Foundation
import Parameters
import Randomness

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
        options: [
            Parameter("segments", integers: 2...1_000_000, default: 200, "segments, the same for all networks"), .seed,
        ])

    private let count: Int
    private let seed: UInt64

    public init(options: ParameterValues) {
        count = options.integer("segments")
        seed = UInt64(options.integer("seed"))
    }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        if let objection = subject.unseenView().objection { return .undefined(objection) }
        let ends = subject.segmentEnds(count, seed: seed)
        guard !ends.isEmpty else { return .undefined("there are no two unseen points") }
        let pieces = ends.map { Double(SegmentPieces(of: subject.realNetwork, from: $0, to: $1).count) }
        let (mean, error) = meanAndError(pieces)
        return MeasuredValue(
            mean, standardError: error, effort: pieces.count,
            note: pieces.count < count ? "there are unseen points for \(pieces.count) segments only" : nil)
    }
}

extension Subject {
    /// The ends of segments between unseen points.
    func segmentEnds(_ count: Int, seed: UInt64) -> [([Double], [Double])] {
        let size = training.inputSize
        let all = unseenInputs.map { $0.count / size } ?? unseen.count
        var stream = NativeStream(seed: seed).child("segments")
        let order = stream.permutation(of: all)
        func inputs(_ place: Int) -> [Double] {
            let point =
                unseenInputs.map { Array($0[place * size..<(place + 1) * size]) } ?? unseen.inputs(at: [place])
            return point.map(Double.init)
        }
        return (0..<min(count, all / 2)).map { (inputs(order[2 * $0]), inputs(order[2 * $0 + 1])) }
    }
}

/// The mean, and s/√m; 0 for a single value.
func meanAndError(_ values: [Double]) -> (mean: Double, error: Double) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, values.count > 1 ? (squares / (count - 1) / count).squareRoot() : 0)
}
