import Definitions
import Documents
import Randomness

/// Reads the section `data` of a study file.
struct DataReader {
    /// - Parameter folder: where files lie that the section names.
    func data(_ reader: MappingReader?, in folder: StudyFolder) -> DataSpecification {
        // Nothing is too large for a number of points that nobody could read.
        var data = DataSpecification(
            dataset: "", trainingPoints: .max, stream: .native, seed: 0,
            probes: .init(count: 100, stream: .native, seed: 0))
        guard let reader else { return data }
        reader.require(DataKeys.all)
        data.dataset = reader.text(DataKeys.dataset) ?? ""
        if let file = reader.text(DataKeys.indices) {
            indices(reader, folder.indices(in: file), &data)
        } else {
            reader.require(DataKeys.trainingPoints.name, "how many; or name them by indices")
            data.trainingPoints = reader.integer(DataKeys.trainingPoints) ?? .max
            (data.stream, data.seed) = pointOrder(reader)
        }
        if let probes = reader.mapping(DataKeys.probes) {
            data.probes.count = probes.integer(DataKeys.probeCount) ?? data.probes.count
            (data.probes.stream, data.probes.seed) = pointOrder(probes)
            probes.finish()
        }
        data.unseen = reader.choice(DataKeys.unseen) ?? UnseenPool.all
        data.labelNoise = reader.settings(LabelNoise.parameters)
        reader.finish()
        return data
    }

    /// Training points by name, which nothing else picks.
    private func indices(_ reader: MappingReader, _ file: PointIndicesFile, _ data: inout DataSpecification) {
        if let problem = file.problem {
            reader.complain(DataKeys.indices.name, problem, at: reader.value(DataKeys.indices) ?? reader.node)
        }
        for key in [DataKeys.trainingPoints, DataKeys.stream, DataKeys.seed] where reader.value(key) != nil {
            reader.complain(key, "has no effect beside indices, which name the training points: leave it out")
        }
        (data.stream, data.seed, data.indices) = (.fileOrder, 0, file.indices)
        data.trainingPoints = file.indices?.places?.count ?? .max
    }

    private func pointOrder(_ reader: MappingReader) -> (PointOrder, UInt64) {
        let order = reader.choice(DataKeys.stream) ?? PointOrder.native
        let seed = reader.seed(DataKeys.seed) ?? 0
        if order == .numpy, seed > UInt32.max {
            reader.complain(DataKeys.seed, "must be below 2^32 for the numpy stream, not \(seed)")
        }
        // A seed that has no effect would make two versions of one study.
        if order == .fileOrder, reader.value(DataKeys.seed) != nil {
            reader.complain(DataKeys.seed, "has no effect in file order: leave it out")
        }
        return (order, seed)
    }
}

// MARK: Keys

/// The keys of `data`.
enum DataKeys {
    static let dataset = StudyFileKey(
        "dataset", .text, .required(hint: "a name that 'basin data list' shows"),
        "the data set; 'basin data list' shows those found", example: "mnist")
    static let trainingPoints = StudyFileKey(
        "training_points", .integer(in: 1...Int.max), .optional(otherwise: "those of indices; needed without them"),
        unit: "images",
        "the first so many of the training images, in the order that stream and seed give", example: "250")
    static let stream = StudyFileKey(
        "stream", .choice(PointOrder.words), .optional(otherwise: "native"),
        "the stream that orders the images; file-order takes them as they lie in the file", example: "torch-cpu")
    static let indices = StudyFileKey(
        "indices", .text, .optional(otherwise: "training_points, stream and seed pick them"),
        "a file of the training points instead, relative to the study file: a training image's place a line, from 0",
        example: "indices.txt")
    static let seed = StudyFileKey(
        "seed", .seed, .optional(otherwise: "0"),
        "the stream's seed; below 2^32 for numpy, and none in file order", example: "42")
    static let probes = StudyFileKey(
        "probes", .mapping([probeCount, stream, seed]), .optional(otherwise: "100 of the native stream"),
        "unseen points without labels, for measures that read them", example: "{count: 100}")
    static let probeCount = StudyFileKey(
        "count", .integer(in: 0...Int.max), .optional(otherwise: "100"), unit: "points",
        "the first so many unseen points, in the order that stream and seed give", example: "100")
    static let unseen = StudyFileKey(
        "unseen", .choice(UnseenPool.words), .optional(otherwise: "all"),
        "which images that are not trained on count as unseen", example: "test-images")

    static let all =
        [dataset, trainingPoints, stream, seed, indices, probes, unseen]
        + LabelNoise.parameters.map { StudyFileKey($0) }
}
