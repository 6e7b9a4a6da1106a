import Datasets
import Diagnostics
import Networks
import Randomness

/// The points that a study's networks share, cut out of a data set once.
public struct StudyMaterial: Sendable {
    public let architecture: Architecture
    public let training: LabelledPoints
    public let test: LabelledPoints
    /// Unseen points, row-major, without their labels.
    public let probes: [Float]
    /// SHA-256 of each data file, by "dataset/file".
    public let digests: [String: String]

    /// Splits a data set: training points out of its training images, probes out of all images that are not training
    /// points (training images first, then test images), the test images whole.
    ///
    /// - Throws: `StudyDataError` when the study asks for more points than there are.
    public init(_ definition: StudySpecification.Definition, dataset: ImageDataset) throws(StudyDataError) {
        let data = definition.data
        guard data.trainingPoints <= dataset.trainCount else {
            throw StudyDataError(
                key: "training_points", wanted: data.trainingPoints, available: dataset.trainCount,
                what: "training images", dataset: dataset.name)
        }
        let total = dataset.trainCount + dataset.testCount
        guard data.probes.count <= total - data.trainingPoints else {
            throw StudyDataError(
                key: "probes", wanted: data.probes.count, available: total - data.trainingPoints, what: "unseen images",
                dataset: dataset.name)
        }
        func points(_ indices: some Collection<Int>) -> LabelledPoints {
            LabelledPoints(pixels: dataset.pixels, labels: dataset.labels, inputSize: dataset.inputSize, at: indices)
        }
        let order = data.stream.permutation(of: dataset.trainCount, seed: data.seed, purpose: "training-points")
        let chosen = order.prefix(data.trainingPoints)
        architecture = definition.network.architecture(inputs: dataset.inputSize, classes: dataset.classCount)
        training = points(chosen)
        test = points(dataset.trainCount..<total)
        probes = points(Self.probes(data.probes, outside: chosen, of: total)).inputs
        digests = Dictionary(uniqueKeysWithValues: dataset.digests.map { ("\(dataset.name)/\($0)", $1) })
    }

    private static func probes(
        _ probes: DataSpecification.Probes, outside training: some Sequence<Int>, of total: Int
    ) -> [Int] {
        guard probes.count > 0 else { return [] }
        var isTraining = [Bool](repeating: false, count: total)
        for index in training { isTraining[index] = true }
        let unseen = (0..<total).filter { !isTraining[$0] }
        return probes.stream.permutation(of: unseen.count, seed: probes.seed, purpose: "probes")
            .prefix(probes.count).map { unseen[$0] }
    }
}

/// A study asks for more points than its data set has.
public struct StudyDataError: RequestError {
    public let key: String
    public let wanted: Int
    public let available: Int
    public let what: String
    public let dataset: String

    public var description: String {
        "The study asks for \(wanted) points (\(key)), but '\(dataset)' has \(available) \(what). Lower '\(key)'."
    }
}
