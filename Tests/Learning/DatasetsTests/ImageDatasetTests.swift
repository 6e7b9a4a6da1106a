import Datasets
import Foundation
import Testing

@Suite struct ImageDatasetTests {
    /// Two training images and one test image of 1 x 2 pixels.
    func arrays(
        trainLabels: [UInt8] = [0, 1], testShape: [Int] = [1, 1, 2], testLabels: [UInt8] = [2]
    ) -> [DatasetFile: IDXArray] {
        [
            .trainImages: IDXArray(shape: [2, 1, 2], elements: [1, 2, 3, 4]),
            .trainLabels: IDXArray(shape: [trainLabels.count], elements: trainLabels),
            .testImages: IDXArray(shape: testShape, elements: Array(5..<(5 + UInt8(testShape.reduce(1, *))))),
            .testLabels: IDXArray(shape: [testLabels.count], elements: testLabels),
        ]
    }

    func problem(_ arrays: [DatasetFile: IDXArray], classCount: Int? = nil) throws -> DatasetError {
        try #require(throws: DatasetError.self) {
            try ImageDataset(name: "toy", arrays: arrays, classCount: classCount)
        }
    }

    @Test("Training images come before test images, with labels in the same order")
    func order() throws {
        let dataset = try ImageDataset(name: "toy", arrays: arrays())
        #expect(dataset.pixels == [1, 2, 3, 4, 5, 6])
        #expect(dataset.labels == [0, 1, 2])
        #expect((dataset.trainCount, dataset.testCount, dataset.inputSize) == (2, 1, 2))
        #expect(dataset.imageShape == [1, 2])
        #expect(dataset.classCount == 3)
        #expect(dataset.arrays == arrays())
    }

    @Test("A folder reads with the digests that Python computed")
    func digests() throws {
        let folder = try #require(DatasetFolder(name: "tiny", path: fixture("tiny")))
        let dataset = try ImageDataset(folder: folder)
        #expect((dataset.trainCount, dataset.testCount, dataset.classCount) == (12, 5, 4))
        #expect(dataset.imageShape == [3, 2])
        #expect(dataset.pixels.prefix(3) == [0, 7, 14])
        #expect(dataset.pixels[72..<75] == [3, 14, 25])
        let lines = dataset.digests.sorted { $0.key < $1.key }.map { "\($0.value)  \($0.key)\n" }
        #expect(try Array(lines.joined().utf8) == bytes(of: fixture("tiny/SHA256SUMS")))
        #expect(try Array(dataset.combinedDigest.utf8) == bytes(of: fixture("tiny/SHA256SUMS.sha256")))
    }

    @Test("Image and label counts that differ name both files")
    func counts() throws {
        let error = try problem(arrays(trainLabels: [0, 1, 1]))
        #expect(error.path == "train-images-idx3-ubyte")
        #expect(error.problem == .countsDiffer(images: 2, labels: 3, labelsPath: "train-labels-idx1-ubyte"))
        #expect(error.description.contains("2 images, but 3 labels in train-labels-idx1-ubyte"))
    }

    @Test("A label out of range names its index, its value and its byte")
    func labels() throws {
        let error = try problem(arrays(trainLabels: [0, 7]), classCount: 3)
        #expect(error.path == "train-labels-idx1-ubyte")
        #expect(error.problem == .labelOutOfRange(index: 1, label: 7, classCount: 3))
        #expect(error.description.contains("label 7 at index 1 (byte 9) is out of range: with 3 classes"))
        #expect(try problem(arrays(testLabels: [3]), classCount: 3).path == "t10k-labels-idx1-ubyte")
    }

    @Test("Test images of another shape are refused")
    func shapes() throws {
        let error = try problem(arrays(testShape: [1, 3, 2]))
        let expected = DatasetError.Problem.imageShapesDiffer(
            shape: [3, 2], other: [1, 2], otherPath: "train-images-idx3-ubyte")
        #expect(error.problem == expected)
    }

    @Test("Swapped files, and files without images, are refused")
    func ranks() throws {
        var swapped = arrays()
        swapped[.trainImages] = arrays()[.trainLabels]
        #expect(try problem(swapped).problem == .notImages(shape: [2]))
        swapped = arrays()
        swapped[.testLabels] = arrays()[.testImages]
        #expect(try problem(swapped).problem == .notLabels(shape: [1, 1, 2]))
        #expect(try problem(arrays(testShape: [0, 1, 2], testLabels: [])).problem == .empty)
    }

    @Test("An image shape other than the catalogue's is refused")
    func entry() throws {
        let folder = try #require(DatasetFolder(name: "tiny", path: fixture("tiny")))
        #expect(try ImageDataset(folder: folder, entry: tinyEntry()).classCount == 5)
        let error = try #require(throws: DatasetError.self) {
            try ImageDataset(folder: folder, entry: tinyEntry(imageShape: [2, 3]))
        }
        #expect(error.problem == .unexpectedImageShape(shape: [3, 2], expected: [2, 3]))
    }

    @Test("Labels that are more than the images, however many they say they are, are refused before they are read")
    func labelsBeyondImages() throws {
        let scratch = try ScratchFolder()
        for file in DatasetFile.allCases {
            _ = try scratch.write(bytes(of: fixture("tiny/\(file.packedName)")), to: "tiny/\(file.packedName)")
        }
        // Its packed stream breaks off behind the header: whoever reads on says so.
        let path = "\(scratch.path)/tiny/\(DatasetFile.trainLabels.packedName)"
        try IDXArray(shape: [100_000], elements: (0..<100_000).map { UInt8(truncatingIfNeeded: $0 * $0 / 7) }).write(
            to: path, compression: .gzip)
        _ = try scratch.write(bytes(of: path).prefix(500) + [], to: "tiny/\(DatasetFile.trainLabels.packedName)")
        let folder = try #require(DatasetFolder(name: "tiny", path: "\(scratch.path)/tiny"))
        let error = try #require(throws: DatasetError.self) { try ImageDataset(folder: folder) }
        #expect(error.problem == .countsDiffer(images: 12, labels: 100_000, labelsPath: path))
    }

    @Test(
        "More than a file without an entry may hold is refused by its header",
        arguments: [[4_294_967_295], [4_294_967_295, 1, 1], [1 << 20, 1 << 10, 2], [2, 65_536, 65_536]])
    func beyondLimit(shape: [Int]) throws {
        let scratch = try ScratchFolder()
        let header: [UInt8] = [0, 0, 8, UInt8(shape.count)]
        let sides = shape.flatMap { side in (0..<4).reversed().map { UInt8(truncatingIfNeeded: side >> (8 * $0)) } }
        let plain = try scratch.write(header + sides, to: "sparse")
        let count = shape.reduce(1, *)
        // As long as it says, and empty: a file system keeps no zero bytes that were never written.
        #expect(truncate(plain, 4 + 4 * shape.count + count) == 0)
        let error = try #require(throws: IDXError.self) { try IDXArray(contentsOf: plain) }
        #expect(error.problem == .beyondLimit(shape: shape, expected: count, limit: 1 << 30))
        #expect(error.description.contains("Basin reads at most 1073741824 of a file that no entry of the catalogue"))
    }

    @Test("More images than a set without an entry may have are refused by their headers, however small they are")
    func tooManyImages() throws {
        let scratch = try ScratchFolder()
        let count = (1 << 24) + 1
        for file in DatasetFile.allCases {
            let isImages = file == .trainImages || file == .testImages
            let header = IDXArray(shape: isImages ? [1, 1, 1] : [1], elements: [0]).header
            // The first dimension is that of a set of one too many.
            let path = try scratch.write(header[..<4] + [1, 0, 0, 1] + header[8...] + [], to: "many/\(file.name)")
            #expect(truncate(path, header.count + count) == 0)
        }
        let folder = try #require(DatasetFolder(name: "many", path: "\(scratch.path)/many"))
        let error = try #require(throws: IDXError.self) { try ImageDataset(folder: folder) }
        #expect(error.problem == .beyondLimit(shape: [count], expected: count, limit: 1 << 24))
        #expect(error.path == folder.path(of: .trainLabels))
    }
}
