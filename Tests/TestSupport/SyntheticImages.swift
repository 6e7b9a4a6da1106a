import Datasets
import Randomness

/// Small labelled images that a small network learns, though not without mistakes: each class has a pattern of its own,
/// and each image mixes its class's pattern with noise.
public struct SyntheticImages: Sendable {
    public var trainCount = 160
    public var testCount = 80
    public var side = 8
    public var classCount = 4
    public var seed: UInt64 = 1

    public init() {}

    public init(seed: UInt64) { self.seed = seed }

    public var arrays: [DatasetFile: IDXArray] {
        let root = NativeStream(seed: seed)
        let size = side * side
        var patternStream = root.child("patterns")
        let patterns = (0..<classCount).map { _ in (0..<size).map { _ in patternStream.unit() } }
        func part(_ name: String, count: Int) -> (images: IDXArray, labels: IDXArray) {
            var stream = root.child(name)
            let labels = (0..<count).map { UInt8($0 % classCount) }
            let pixels = labels.flatMap { label in
                patterns[Int(label)].map { UInt8(255 * (0.25 * $0 + 0.75 * stream.unit())) }
            }
            return (IDXArray(shape: [count, side, side], elements: pixels), IDXArray(shape: [count], elements: labels))
        }
        let train = part("train", count: trainCount)
        let test = part("test", count: testCount)
        return [
            .trainImages: train.images, .trainLabels: train.labels, .testImages: test.images, .testLabels: test.labels,
        ]
    }

    /// The images as a dataset in memory.
    public func dataset(named name: String = "synthetic") throws -> ImageDataset {
        try ImageDataset(name: name, arrays: arrays, classCount: classCount)
    }
}
