/// Labelled images in memory: the training images, then the test images, with their labels in the same order.
public struct ImageDataset: Sendable {
    public let name: String
    /// Number of classes; every label is below it.
    public let classCount: Int
    /// Shape of one image, such as [28, 28]: rows, columns.
    public let imageShape: [Int]
    public let trainCount: Int
    public let testCount: Int
    /// (trainCount + testCount) x inputSize bytes, row-major.
    public let pixels: [UInt8]
    /// trainCount + testCount labels.
    public let labels: [UInt8]
    /// SHA-256 of each plain IDX file in hexadecimal, by file name without ".gz".
    public let digests: [String: String]

    /// Number of pixels of one image.
    public var inputSize: Int { imageShape.reduce(1, *) }

    /// One digest for the whole dataset; see `combinedDigest(of:)`.
    public var combinedDigest: String { Datasets.combinedDigest(of: digests) }

    /// Puts a dataset together from its four arrays.
    ///
    /// - Parameters:
    ///   - name: The dataset's name, for messages and records.
    ///   - arrays: Images of rank 2 or more (number, then the shape of one) and labels of rank 1.
    ///   - classCount: The number of classes; without it, the largest label + 1.
    ///   - paths: Where the arrays came from, for messages.
    /// - Throws: `DatasetError` if counts or shapes differ, a label is out of range or there are no images.
    public init(
        name: String, arrays: [DatasetFile: IDXArray], classCount: Int? = nil, paths: [DatasetFile: String] = [:]
    ) throws {
        let shape = try DatasetShape(of: arrays.mapValues(\.shape), at: paths)
        func elements(_ files: DatasetFile...) -> [UInt8] { files.flatMap { arrays[$0]?.elements ?? [] } }
        try self.init(
            name: name, shape: shape, pixels: elements(.trainImages, .testImages),
            labels: elements(.trainLabels, .testLabels), classCount: classCount, paths: paths,
            digests: Dictionary(uniqueKeysWithValues: arrays.map { ($0.key.name, $0.value.digest) }))
    }

    /// Takes what was read of four files whose headers make this shape.
    init(
        name: String, shape: DatasetShape, pixels: [UInt8], labels: [UInt8], classCount: Int?,
        paths: [DatasetFile: String], digests: [String: String]
    ) throws(DatasetError) {
        if classCount == nil, let least = labels.min(), let largest = labels.max(), least > 0 {
            let problem = DatasetError.Problem.labelsStartAt(least, largest: largest)
            throw DatasetError(path: paths[.trainLabels] ?? name, problem: problem)
        }
        let classes = classCount ?? Int(labels.max() ?? 0) + 1
        if let position = labels.firstIndex(where: { $0 >= classes }) {
            let isTest = position >= shape.trainCount
            let file = isTest ? DatasetFile.testLabels : .trainLabels
            let problem = DatasetError.Problem.labelOutOfRange(
                index: isTest ? position - shape.trainCount : position, label: labels[position], classCount: classes)
            throw DatasetError(path: paths[file] ?? file.name, problem: problem)
        }
        self.name = name
        self.classCount = classes
        imageShape = shape.image
        (trainCount, testCount) = (shape.trainCount, shape.testCount)
        self.pixels = pixels
        self.labels = labels
        self.digests = digests
    }
}
