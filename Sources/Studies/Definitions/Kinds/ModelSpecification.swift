/// What a configuration's models are, of whatever kind.
public struct ModelSpecification: Sendable {
    public var kind: any ModelKind

    public init(_ kind: any ModelKind) { self.kind = kind }

    public var about: ModelKindDescription { type(of: kind).about }

    /// Nil for models of another kind.
    public func of<Kind: ModelKind>(_ type: Kind.Type) -> Kind? { kind as? Kind }
}

extension ModelSpecification: Hashable {
    public static func == (left: ModelSpecification, right: ModelSpecification) -> Bool {
        AnyHashable(left.kind) == AnyHashable(right.kind)
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(AnyHashable(kind)) }
}

/// Keys beside those of the configuration: the sections of its kind.
extension ModelSpecification: Codable {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Sections of no kind that this program knows, and those that it cannot read, as another version's may be, are
    /// models of which nothing is known: what a results file holds of them can be judged without making one.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        // The last, as the first section of one kind may be another section of others.
        let kind = ModelKindCatalogue.all.last { kind in
            kind.about.sections.first.map { container.contains(Key(stringValue: $0.key)) } == true
        }
        self.init((try? kind?.init(from: decoder)) ?? UnknownModels())
    }

    public func encode(to encoder: any Encoder) throws { try kind.encode(to: encoder) }
}
