import Datasets
import Diagnostics
import Networks
import Randomness

/// The points that networks of one configuration share, cut out of a data set once.
public struct StudyMaterial: Sendable {
    public let classCount: Int
    /// With the labels that are trained on.
    public let training: LabelledPoints
    /// The training points' own labels, before noise.
    public let cleanLabels: [UInt8]
    public let test: LabelledPoints
    /// All unseen points, training images first, each in file order. They share the data set's bytes.
    public let unseen: PointList
    /// Some unseen points, row-major, without their labels.
    public let probes: [Float]
    /// SHA-256 of each data file, by "dataset/file".
    public let digests: [String: String]

    /// Splits a data set: training points out of its training images, unseen points out of all images of the specified
    /// pool that are not training points, probes out of those, the test images whole.
    ///
    /// - Parameter test: the test points, where they were cut out before.
    /// - Throws: `StudyDataError` when the study asks for more points than there are; `PointIndicesError`.
    public init(_ data: DataSpecification, dataset: ImageDataset, test: LabelledPoints? = nil) throws {
        guard data.trainingPoints <= dataset.trainCount else {
            throw StudyDataError(
                key: "training_points", wanted: data.trainingPoints, available: dataset.trainCount,
                what: "training images", dataset: dataset.name)
        }
        let total = dataset.trainCount + dataset.testCount
        func points(_ indices: some Collection<Int>) -> LabelledPoints {
            LabelledPoints(pixels: dataset.pixels, labels: dataset.labels, inputSize: dataset.inputSize, at: indices)
        }
        let chosen = try Self.trainingPlaces(data, in: dataset)
        let unseen = Self.unseen(data.unseen, outside: chosen, trainCount: dataset.trainCount, total: total)
        guard data.probes.count <= unseen.count else {
            throw StudyDataError(
                key: "probes", wanted: data.probes.count, available: unseen.count, what: "unseen images",
                dataset: dataset.name)
        }
        classCount = dataset.classCount
        let clean = points(chosen)
        cleanLabels = clean.labels
        training = LabelledPoints(
            inputs: clean.inputs,
            labels: LabelNoise(data.labelNoise.values).applied(to: clean.labels, classCount: dataset.classCount),
            inputSize: clean.inputSize)
        self.test = test ?? points(dataset.trainCount..<total)
        self.unseen = PointList(
            pixels: dataset.pixels, labels: dataset.labels, inputSize: dataset.inputSize, at: unseen)
        probes = points(Self.probes(data.probes, outOf: unseen)).inputs
        digests = Dictionary(uniqueKeysWithValues: dataset.digests.map { ("\(dataset.name)/\($0)", $1) })
    }

    /// The training points' places among the training images.
    private static func trainingPlaces(_ data: DataSpecification, in dataset: ImageDataset) throws -> [Int] {
        guard let indices = data.indices else {
            let order = data.stream.permutation(of: dataset.trainCount, seed: data.seed, purpose: "training-points")
            return Array(order.prefix(data.trainingPoints))
        }
        guard let places = indices.places else { throw PointIndicesError.unknown }
        if let place = places.firstIndex(where: { $0 >= dataset.trainCount }) {
            throw PointIndicesError.beyond(
                index: places[place], number: place + 1, dataset: dataset.name, count: dataset.trainCount)
        }
        return places
    }

    func architecture(_ network: NetworkSpecification) -> Architecture {
        network.architecture(inputs: training.inputSize, classes: classCount)
    }

    private static func unseen(
        _ pool: UnseenPool, outside training: some Sequence<Int>, trainCount: Int, total: Int
    ) -> [Int] {
        var isTraining = [Bool](repeating: false, count: total)
        for index in training { isTraining[index] = true }
        let images =
            switch pool {
            case .all: 0..<total
            case .trainingImages: 0..<trainCount
            case .testImages: trainCount..<total
            }
        return images.filter { !isTraining[$0] }
    }

    private static func probes(_ probes: DataSpecification.Probes, outOf unseen: [Int]) -> [Int] {
        guard probes.count > 0 else { return [] }
        return probes.stream.permutation(of: unseen.count, seed: probes.seed, purpose: "probes")
            .prefix(probes.count).map { unseen[$0] }
    }
}

/// Named training points that cannot be taken.
public enum PointIndicesError: RequestError, Equatable {
    /// The data set has no image of this index, which is the file's `number`-th, from 1.
    case beyond(index: Int, number: Int, dataset: String, count: Int)
    /// Only the digest of the list is there.
    case unknown

    public var description: String {
        switch self {
        case .beyond(let index, let number, let dataset, let count):
            "The file of data.indices names \(index) as number \(number), but the training images of '\(dataset)' are "
                + "numbered from 0 to \(count - 1)."
        case .unknown:
            "The results file does not have the list of training points (data.indices). Name the study by the path of "
                + "its file."
        }
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
