import Parameters
import Randomness

/// Straight segments between consecutive pairs of the permutation of unseen points dealt by child "segments": the same
/// for all networks of a study.
struct SegmentSample {
    static let options = [
        Parameter("segments", integers: 2...1_000_000, default: 200, "segments, the same for all networks"), .seed,
    ]

    /// The detail of `mean` that `MeasureDescription.halvesDetail` names.
    static let halves = "between_halves"

    let count: Int
    private let seed: UInt64

    init(_ options: ParameterValues) {
        count = options.integer("segments")
        seed = UInt64(options.integer("seed"))
    }

    /// The mean over the segments, and its standard error.
    func mean(_ subject: Subject, _ value: (_ start: [Double], _ end: [Double]) -> Double) -> MeasuredValue {
        evaluate(subject) { ends in
            let values = ends.map(value)
            let (mean, error) = meanAndError(values)
            return MeasuredValue(mean, standardError: error, details: [Self.halves: halvesDifference(values)])
        }
    }

    /// What a formula makes of the segments.
    func evaluate(
        _ subject: Subject, _ formula: (_ ends: [([Double], [Double])]) -> MeasuredValue
    ) -> MeasuredValue {
        let ends = ends(subject)
        guard !ends.isEmpty else { return .undefined("there are no two unseen points") }
        let network = subject.realNetwork
        let logits = network.outputs(of: ends.flatMap { $0 + $1 }, count: 2 * ends.count)[
            network.architecture.layers.count]
        guard logits.allSatisfy(\.isFinite) else { return .undefined("the network's outputs are not finite") }
        return formula(ends).costing(ends.count).adding(
            note: ends.count < count ? "there are unseen points for \(ends.count) segments only" : nil)
    }

    private func ends(_ subject: Subject) -> [([Double], [Double])] {
        let size = subject.training.inputSize
        let all = subject.unseenInputs.map { $0.count / size } ?? subject.unseen.count
        var stream = NativeStream(seed: seed).child("segments")
        let order = stream.permutation(of: all)
        func inputs(_ place: Int) -> [Double] {
            let given = subject.unseenInputs.map { Array($0[place * size..<(place + 1) * size]) }
            return (given ?? subject.unseen.inputs(at: [place])).map(Double.init)
        }
        return (0..<min(count, all / 2)).map { (inputs(order[2 * $0]), inputs(order[2 * $0 + 1])) }
    }
}
