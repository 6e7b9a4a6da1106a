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
        func part(_ images: DatasetFile, _ labels: DatasetFile) throws -> Part {
            try Part(
                images: array(images), labels: array(labels), imagesPath: paths[images] ?? images.name,
                labelsPath: paths[labels] ?? labels.name)
        }
        func array(_ file: DatasetFile) -> IDXArray {
            guard let array = arrays[file] else { preconditionFailure("no \(file.name) among the arrays") }
            return array
        }
        let train = try part(.trainImages, .trainLabels)
        let test = try part(.testImages, .testLabels)
        guard train.imageShape == test.imageShape else {
            let problem = DatasetError.Problem.imageShapesDiffer(
                shape: test.imageShape, other: train.imageShape, otherPath: train.imagesPath)
            throw DatasetError(path: test.imagesPath, problem: problem)
        }
        let classes = classCount ?? Int(max(train.largestLabel, test.largestLabel)) + 1
        try train.checkLabels(classCount: classes)
        try test.checkLabels(classCount: classes)

        self.name = name
        self.classCount = classes
        imageShape = train.imageShape
        trainCount = train.images.count
        testCount = test.images.count
        pixels = train.images.elements + test.images.elements
        labels = train.labels.elements + test.labels.elements
        digests = Dictionary(uniqueKeysWithValues: arrays.map { ($0.key.name, $0.value.digest) })
    }
}

/// Training or test images with their labels.
private struct Part {
    let images: IDXArray
    let labels: IDXArray
    let imagesPath: String
    let labelsPath: String

    init(images: IDXArray, labels: IDXArray, imagesPath: String, labelsPath: String) throws {
        guard images.shape.count >= 2 else {
            throw DatasetError(path: imagesPath, problem: .notImages(shape: images.shape))
        }
        guard labels.shape.count == 1 else {
            throw DatasetError(path: labelsPath, problem: .notLabels(shape: labels.shape))
        }
        guard images.count == labels.count else {
            let problem = DatasetError.Problem.countsDiffer(
                images: images.count, labels: labels.count, labelsPath: labelsPath)
            throw DatasetError(path: imagesPath, problem: problem)
        }
        guard !images.elements.isEmpty else { throw DatasetError(path: imagesPath, problem: .empty) }
        self.images = images
        self.labels = labels
        self.imagesPath = imagesPath
        self.labelsPath = labelsPath
    }

    var imageShape: [Int] { Array(images.shape.dropFirst()) }
    var largestLabel: UInt8 { labels.elements.max() ?? 0 }

    func checkLabels(classCount: Int) throws {
        guard let index = labels.elements.firstIndex(where: { $0 >= classCount }) else { return }
        let problem = DatasetError.Problem.labelOutOfRange(
            index: index, label: labels.elements[index], classCount: classCount)
        throw DatasetError(path: labelsPath, problem: problem)
    }
}
