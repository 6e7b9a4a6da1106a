import Parameters
import Randomness

/// Training labels of which some are wrong: symmetric noise, after Zhang et al. (arXiv 1611.03530).
///
/// Of n training points, share · n, rounded, have another label than their own, drawn evenly from the other classes.
/// So the share is that of labels which are wrong; where each label is drawn anew by chance, some come out right.
/// Which points and which labels hang on the noise's seed alone, so all networks of a configuration have the same.
public struct LabelNoise: Sendable, Hashable {
    public let share: Double
    public let seed: UInt64

    /// What a study file may say of it.
    public static let parameters = [
        Parameter(
            "label_noise", numbers: 0...1, default: 0,
            "the share of training labels that are replaced, each by another class; test labels stay"),
        Parameter("label_noise_seed", integers: 0...Int.max, default: 0, "the draw of what is replaced by what"),
    ]

    init(_ values: ParameterValues) {
        share = values.number("label_noise")
        seed = UInt64(values.integer("label_noise_seed"))
    }

    /// How many of so many labels it replaces.
    func count(of points: Int) -> Int {
        Int(exactly: (share * Double(points)).rounded()).map { min(points, $0) } ?? points
    }

    /// - Parameter classCount: at least 2, or nothing is replaced.
    func applied(to labels: [UInt8], classCount: Int) -> [UInt8] {
        guard classCount > 1 else { return labels }
        var stream = NativeStream(seed: seed).child("label-noise")
        var noisy = labels
        for place in stream.permutation(of: labels.count).prefix(count(of: labels.count)) {
            let step = 1 + Int(stream.below(UInt64(classCount - 1)))
            noisy[place] = UInt8((Int(labels[place]) + step) % classCount)
        }
        return noisy
    }
}

extension DataSpecification {
    /// The labels' noise in one way of saying it, by the number of labels that are replaced; nil where none is.
    var canonicalLabelNoise: [String: ParameterValue]? {
        let noise = LabelNoise(labelNoise.values)
        let count = noise.count(of: trainingPoints)
        return count == 0 ? nil : ["labels": .integer(count), "seed": .integer(Int(noise.seed))]
    }
}
