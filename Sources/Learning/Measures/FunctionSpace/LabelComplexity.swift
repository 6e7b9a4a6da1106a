import Networks
import Parameters

/// The Lempel–Ziv complexity of the classes along segments between unseen points, 50 to a segment.
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
            "Of points in no order it would be the entropy of the classes' frequencies; the segments give it geometry.",
        options: SegmentSample.options)

    private let sample: SegmentSample

    public init(options: ParameterValues) { sample = SegmentSample(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        sample.evaluate(subject) { ends in
            MeasuredValue(
                lempelZivComplexity(ends.flatMap { subject.realNetwork.classes(from: $0, to: $1, count: 50) }))
        }
    }
}

extension Float64Network {
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
