/// An array of unsigned bytes of any rank, as the IDX format of the MNIST files holds it.
///
/// Elements lie in row-major order: the last index runs fastest. A rank of 0 is a single element.
///
/// Format: two zero bytes, the element type (08: unsigned byte), the rank, one big-endian 32-bit integer for each
/// dimension, then the elements. Source: "The IDX file format", http://yann.lecun.com/exdb/mnist/.
public struct IDXArray: Sendable, Equatable {
    /// The dimensions, outermost first; for images: count, rows, columns.
    public let shape: [Int]
    /// The elements, `shape`'s product of them.
    public let elements: [UInt8]

    /// - Precondition: at most 255 dimensions, each of 0 to 2³² - 1, whose product is the number of elements.
    public init(shape: [Int], elements: [UInt8]) {
        precondition(shape.count <= 255 && shape.allSatisfy { $0 >= 0 && $0 <= Int(UInt32.max) })
        precondition(elementCount(of: shape) == elements.count, "\(elements.count) elements for shape \(shape)")
        self.shape = shape
        self.elements = elements
    }

    /// Length of the outermost dimension, 1 for a single element: the number of images or labels.
    public var count: Int { shape.first ?? 1 }

    /// The header as it stands in a file: 4 + 4 · rank bytes.
    public var header: [UInt8] { Self.header(of: shape) }

    static func header(of shape: [Int]) -> [UInt8] {
        var bytes: [UInt8] = [0, 0, unsignedByte, UInt8(shape.count)]
        for dimension in shape {
            withUnsafeBytes(of: UInt32(dimension).bigEndian) { bytes.append(contentsOf: $0) }
        }
        return bytes
    }

    static let unsignedByte: UInt8 = 0x08
}

/// The product of the dimensions, or nil if it overflows.
func elementCount(of shape: [Int]) -> Int? {
    if shape.contains(0) { return 0 }
    var product = 1
    for dimension in shape {
        let (next, overflows) = product.multipliedReportingOverflow(by: dimension)
        if overflows { return nil }
        product = next
    }
    return product
}
