import Diagnostics

/// IDX files that are sound each by itself but make no dataset together.
public struct DatasetError: RequestError, Equatable {
    public enum Problem: Equatable, Sendable {
        case countsDiffer(images: Int, labels: Int, labelsPath: String)
        case labelOutOfRange(index: Int, label: UInt8, classCount: Int)
        /// The smallest label of all is not 0, and no catalogue says that this is meant.
        case labelsStartAt(UInt8, largest: UInt8)
        case imageShapesDiffer(shape: [Int], other: [Int], otherPath: String)
        /// Another image shape than the catalogue states.
        case unexpectedImageShape(shape: [Int], expected: [Int])
        case notImages(shape: [Int])
        case notLabels(shape: [Int])
        case empty
    }

    public let path: String
    public let problem: Problem

    public var description: String { "\(path): \(explanation)" }

    private var explanation: String {
        switch problem {
        case .countsDiffer(let images, let labels, let labelsPath):
            "\(images) images, but \(labels) labels in \(labelsPath). The two files do not belong together."
        case .labelOutOfRange(let index, let label, let classCount):
            // Labels follow a header of 8 bytes.
            "label \(label) at index \(index) (byte \(index + 8)) is out of range: with \(classCount) classes, "
                + "labels go from 0 to \(classCount - 1)."
        case .labelsStartAt(let least, let largest):
            "labels go from \(least) to \(largest), and classes are counted from 0. Subtract \(least) from each label; "
                + "or, where class 0 is one that no image has, let "
                + "'basin data add FOLDER --classes \(Int(largest) + 1)' write that down."
        case .imageShapesDiffer(let shape, let other, let otherPath):
            "images of \(dimensions(shape)) pixels, but of \(dimensions(other)) in \(otherPath). "
                + "The two files do not belong together."
        case .unexpectedImageShape(let shape, let expected):
            "images of \(dimensions(shape)) pixels; the catalogue states \(dimensions(expected))."
        case .notImages(let shape):
            "expected images (a rank of 2 or more: their number, then the shape of one), found \(described(shape))."
        case .notLabels(let shape):
            "expected labels (rank 1: their number), found \(described(shape))."
        case .empty:
            "holds no images, or images without pixels."
        }
    }

    private func described(_ shape: [Int]) -> String { "rank \(shape.count) (\(dimensions(shape)))" }
}
