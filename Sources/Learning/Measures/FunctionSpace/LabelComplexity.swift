import Networks
import Parameters

/// The Lempel–Ziv complexity of the classes along segments between unseen points, 50 to a segment; or of as many unseen
/// points in the study's own order.
public struct LabelComplexity: Measure {
    public static let about = MeasureDescription(
        id: "label_complexity", title: "Lempel–Ziv complexity of the answers", family: "simplicity",
        formula:
            "log2 N (w(s) + w(reversed s))/2, s the N classes at t = (k + ½)/50 of each segment, w Lempel–Ziv words",
        source:
            "Dingle, Camargo and Louis (2018); Valle-Pérez et al., arXiv 1805.08522 (there on points in any order)",
        invariances: [.layerRescaling, .neuronRescaling, .permutation, .outputScaling], reads: [.unseenInputs],
        predictedSign: .negative, effortUnit: "segments",
        limits:
            "Of points in no order it is the entropy of the classes' frequencies; the segments give it geometry.",
        options: SegmentSample.options + [
            Parameter(
                "order", default: Order.segments,
                "along the segments, or 50 times as many unseen points in the study's order")
        ])

    private enum Order: String, CaseIterable {
        case segments, study
    }

    private static let pointsPerSegment = 50

    private let sample: SegmentSample
    private let order: Order

    public init(options: ParameterValues) {
        sample = SegmentSample(options)
        order = options.choice("order")
    }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        guard order == .segments else {
            let count = min(sample.count * Self.pointsPerSegment, subject.unseen.count)
            guard count > 0 else { return .undefined("there are no unseen points") }
            guard let classes = subject.realNetwork.classes(of: subject.unseen, count: count) else {
                return .undefined("the network's outputs are not finite")
            }
            return MeasuredValue(lempelZivComplexity(classes), effort: count)
        }
        return sample.evaluate(subject) { ends in
            MeasuredValue(
                lempelZivComplexity(
                    ends.flatMap { subject.realNetwork.classes(from: $0, to: $1, count: Self.pointsPerSegment) }))
        }
    }
}

extension Float64Network {
    /// The classes of the first points of a list; nil where an output is not finite.
    fileprivate func classes(of points: PointList, count: Int) -> [UInt8]? {
        var classes: [UInt8] = []
        for start in stride(from: 0, to: count, by: Network.blockSize) {
            let block = start..<min(start + Network.blockSize, count)
            let logits = outputs(of: points.inputs(at: block).map(Double.init), count: block.count)[
                architecture.layers.count]
            guard logits.allSatisfy(\.isFinite) else { return nil }
            classes += block.indices.map {
                UInt8(largest(logits, from: ($0 - start) * architecture.classCount, architecture.classCount))
            }
        }
        return classes
    }

    /// The classes at t = (k + ½)/count of a segment.
    package func classes(from start: [Double], to end: [Double], count: Int) -> [UInt8] {
        let inputs = (0..<count).flatMap { number -> [Double] in
            let share = (Double(number) + 0.5) / Double(count)
            return zip(start, end).map { (1 - share) * $0 + share * $1 }
        }
        let logits = outputs(of: inputs, count: count)[architecture.layers.count]
        let classes = architecture.classCount
        return (0..<count).map { UInt8(largest(logits, from: $0 * classes, classes)) }
    }
}
