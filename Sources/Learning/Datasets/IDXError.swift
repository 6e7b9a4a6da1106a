import Diagnostics
import Digests

/// A file that is no IDX array of unsigned bytes, or whose length does not fit its header.
public struct IDXError: RequestError, Equatable {
    public enum Problem: Equatable, Sendable {
        /// The first two bytes are not zero.
        case wrongMagic(found: [UInt8])
        /// Byte 2 names another element type than 0x08, the unsigned byte.
        case unsupportedType(code: UInt8)
        /// The file ends inside its header.
        case truncatedHeader(expected: Int, found: Int)
        /// More elements than a machine can address.
        case tooLarge(shape: [Int])
        /// More elements than are read of such a file; in bytes.
        case beyondLimit(shape: [Int], expected: Int, limit: Int)
        /// The file ends before the last element. A count of elements behind the header, in bytes.
        case truncated(shape: [Int], expected: Int, found: Int)
        /// The file goes on after the last element. A count of bytes behind the header; those of a packed file are
        /// counted up to some 1 MiB more than expected.
        case oversized(shape: [Int], expected: Int, found: Int)
    }

    public let path: String
    /// Where in the (unpacked) file the problem shows.
    public let offset: Int
    public let problem: Problem

    /// A byte as file formats are written down: two upper-case digits.
    private static func digits(_ byte: UInt8) -> String { hexadecimal(byte).uppercased() }

    public var description: String { "\(path), byte \(offset): \(explanation)" }

    private var explanation: String {
        switch problem {
        case .wrongMagic(let found):
            return "an IDX file of unsigned bytes starts with 00 00 08 and its rank, this one with "
                + "\(found.map(Self.digits).joined(separator: " ")). It is another kind of file, or damaged."
        case .unsupportedType(let code):
            let name = Self.elementTypes[code].map { " (\($0))" } ?? ""
            return "expected element type 08 (unsigned byte), found \(Self.digits(code))\(name). Write it anew as "
                + "unsigned bytes: labels from 0 to 255, pixels from 0 to 255."
        case .truncatedHeader(let expected, let found):
            return "expected a header of \(expected) bytes, found only \(found) bytes in all. \(Self.advice)"
        case .tooLarge(let shape):
            return "the header's dimensions \(dimensions(shape)) are too large for any file. It is damaged."
        case .beyondLimit(let shape, let expected, let limit):
            let why =
                limit == IDXFile.mostElements || limit == IDXFile.mostLabels
                ? "\(limit) of a file that no entry of the catalogue describes. State its size in datasets/NAME.yml"
                : "\(limit), half of this machine's memory. Use a smaller dataset"
            return "the header states \(dimensions(shape)) = \(expected) bytes, and Basin reads at most \(why), "
                + "unless the file is damaged."
        case .truncated(let shape, let expected, let found):
            return "expected \(dimensions(shape)) = \(expected) bytes after the header, found \(found): "
                + "\(expected - found) are missing. \(Self.advice)"
        case .oversized(let shape, let expected, let found):
            return "expected \(dimensions(shape)) = \(expected) bytes after the header, found \(found): "
                + "\(found - expected) too many\(found - expected > Self.mostCounted ? ", if not more" : ""). "
                + Self.advice
        }
    }

    /// Bytes that are too many are counted so far.
    static let mostCounted = 1 << 20

    private static let advice = "Copy or fetch the file again."
    private static let elementTypes: [UInt8: String] = [
        0x09: "signed byte", 0x0B: "16-bit integer", 0x0C: "32-bit integer", 0x0D: "float", 0x0E: "double",
    ]
}

func dimensions(_ shape: [Int]) -> String {
    shape.isEmpty ? "one element" : shape.map(String.init).joined(separator: " x ")
}
