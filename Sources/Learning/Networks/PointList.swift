/// Labelled points that stay bytes: places in images that all lists of a data set share.
///
/// A point costs an index and a label, 9 bytes; floats are made on demand, block by block. So all unseen images of
/// MNIST take no 218 MB of float32, however many networks are measured on them.
public struct PointList: Sendable {
    /// images x inputSize bytes, row-major.
    public let pixels: [UInt8]
    /// The image that each point is.
    public let indices: [Int]
    /// One class a point, in the order of `indices`.
    public let labels: [UInt8]
    public let inputSize: Int

    public var count: Int { indices.count }

    /// The points at `indices` of byte images.
    ///
    /// - Parameters:
    ///   - pixels: images x inputSize bytes, row-major.
    ///   - labels: one an image.
    /// - Precondition: every index is that of an image.
    public init(pixels: [UInt8], labels: [UInt8], inputSize: Int, at indices: some Collection<Int>) {
        precondition(inputSize > 0 && pixels.count == labels.count * inputSize, "images and labels differ in number")
        self.pixels = pixels
        self.indices = Array(indices)
        self.labels = indices.map { labels[$0] }
        self.inputSize = inputSize
    }

    /// No points.
    public static func none(inputSize: Int) -> PointList {
        PointList(pixels: [], labels: [], inputSize: inputSize, at: [])
    }

    /// The points of a range of this list, pixels as byte / 255.
    ///
    /// - Complexity: O(range.count · inputSize), in time and memory.
    public func block(_ range: Range<Int>) -> LabelledPoints {
        LabelledPoints(
            inputs: scaled(Array(indices[range])), labels: Array(labels[range]), inputSize: inputSize)
    }

    /// The inputs of points at some places of this list, pixels as byte / 255.
    public func inputs(at places: some Collection<Int>) -> [Float] { scaled(places.map { indices[$0] }) }

    /// All points.
    public var points: LabelledPoints { block(0..<count) }

    private func scaled(_ images: [Int]) -> [Float] {
        [Float](unsafeUninitializedCapacity: images.count * inputSize) { floats, filled in
            pixels.withUnsafeBufferPointer { pixels in
                for (row, image) in images.enumerated() {
                    let bytes = UnsafeBufferPointer(rebasing: pixels[image * inputSize..<(image + 1) * inputSize])
                    let target = UnsafeMutableBufferPointer(
                        rebasing: floats[row * inputSize..<(row + 1) * inputSize])
                    for i in 0..<bytes.count { target[i] = Float(bytes[i]) / 255 }
                }
            }
            filled = images.count * inputSize
        }
    }
}
