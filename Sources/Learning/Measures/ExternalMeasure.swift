/// A measure that another program computed, and what its author states of it.
public struct ExternalMeasure: Sendable, Hashable, Codable {
    /// Its column.
    public let name: String
    public let title: String?
    /// What it looks at besides the trained weights; nil where nobody stated that: then it is not trusted to be a
    /// predictor.
    public let reads: Set<MeasureDescription.Reading>?
    public let predictedSign: MeasureDescription.Sign
    /// The file's name, without its folder, and its SHA-256 in hexadecimal.
    public let file: String
    public let digest: String

    public init(
        name: String, title: String? = nil, reads: Set<MeasureDescription.Reading>? = nil,
        predictedSign: MeasureDescription.Sign = .none, file: String, digest: String
    ) {
        (self.name, self.title, self.reads, self.predictedSign) = (name, title, reads, predictedSign)
        (self.file, self.digest) = (file, digest)
    }

    /// As other measures are described; nil where nobody stated what it reads.
    public var description: MeasureDescription? {
        reads.map { reads in
            MeasureDescription(
                id: name, title: title ?? name, family: Self.family, formula: "computed elsewhere", source: origin,
                invariances: [], reads: reads, predictedSign: predictedSign, effortUnit: "nothing",
                limits: "What it is, and what it reads, is its author's word.")
        }
    }

    /// "values.csv, SHA-256 0123456789ab"
    public var origin: String { "\(file), SHA-256 \(digest.prefix(12))" }

    public static let family = "external"
}

extension MeasureDescription.Reading: Codable {}
extension MeasureDescription.Sign: Codable {}
