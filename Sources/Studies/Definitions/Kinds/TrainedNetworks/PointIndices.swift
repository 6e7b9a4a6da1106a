import Digests

/// Training points named one by one: their places among the training images, from 0.
///
/// A definition has their digest alone, so that equal lists are one study in whatever file they stand.
public struct PointIndices: Sendable {
    /// SHA-256 of the places, each as a decimal number with a line feed behind it.
    public let digest: String
    /// In the order of the file; nil where the digest alone is known, as of a definition out of a results file.
    public let places: [Int]?

    public init(_ places: [Int]) {
        self.places = places
        digest = SHA256.hexadecimal(of: places.map { "\($0)\n" }.joined())
    }
}

extension PointIndices: Hashable {
    public static func == (left: PointIndices, right: PointIndices) -> Bool { left.digest == right.digest }

    public func hash(into hasher: inout Hasher) { hasher.combine(digest) }
}

extension PointIndices: Codable {
    public init(from decoder: any Decoder) throws {
        digest = try decoder.singleValueContainer().decode(String.self)
        places = nil
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(digest)
    }
}
