import Plots

/// A part of a report that stands on lines of its own.
public enum Block: Sendable, Hashable {
    case heading(Heading)
    case paragraph(Prose)
    case list([Prose])
    case table(Table)
    case picture(Illustration)
    /// Pictures of one kind, each of another measure, to be looked at side by side.
    case gallery([Illustration])
    /// Lines for a shell that make what stands here, or show more of it.
    case command([String])
    /// How the text around it is to be read, and what cannot be concluded from it.
    case note(Prose)
    /// What only some readers look for, behind a line that says what it is; shown on demand where the format can.
    indirect case folded(Prose, [Block])
    /// The networks themselves, for formats in which a reader can choose what to see of them; nothing in others.
    case networks(NetworkData)
}

extension Block {
    /// Those that it shows.
    var pictures: [Illustration] {
        switch self {
        case .picture(let picture): [picture]
        case .gallery(let pictures): pictures
        case .folded(_, let blocks): blocks.flatMap(\.pictures)
        case .heading, .paragraph, .list, .table, .command, .note, .networks: []
        }
    }
}

/// The name of what follows it.
public struct Heading: Sendable, Hashable {
    /// 1 for the report's title, 2 for a section, 3 within one.
    public let level: Int
    public let text: Prose
    /// What a link to it names, unlike that of any other heading in the report.
    public internal(set) var anchor: String

    package init(_ level: Int, _ text: Prose) {
        self.level = level
        self.text = text
        anchor = Self.anchor(of: text.plainText)
    }

    /// As code hosts make it of a heading: lower case, hyphens for spaces, no punctuation.
    static func anchor(of text: String) -> String {
        String(
            text.lowercased().compactMap {
                $0 == " " ? "-" : $0.isLetter || $0.isNumber || "-_".contains($0) ? $0 : nil
            })
    }
}

extension Block {
    package static func heading(_ level: Int, _ text: Prose) -> Block { .heading(Heading(level, text)) }

    package static func picture(
        _ kind: PictureKind, of parts: String..., saying alternativeText: String, _ plot: some Plot
    )
        -> Block
    {
        .picture(Illustration(kind, of: parts, saying: alternativeText, plot.picture()))
    }
}

/// A picture in a report.
public struct Illustration: Sendable, Hashable {
    /// Of its file, beside the text; unlike that of any other picture in the report.
    public internal(set) var name: String
    /// What it shows, for readers who cannot see it.
    public private(set) var alternativeText: String
    public private(set) var picture: Picture

    public var svg: String { picture.svg }

    /// - Parameter parts: what tells it from the report's other pictures of its kind.
    package init(_ kind: PictureKind, of parts: [String] = [], saying alternativeText: String, _ picture: Picture) {
        name = kind.fileName(parts)
        self.alternativeText = alternativeText
        self.picture = picture
    }

    /// The same with a sentence below the picture, and behind the words for readers who cannot see it.
    func noted(_ sentence: String) -> Illustration {
        var noted = self
        noted.alternativeText += ". \(sentence)"
        noted.picture = picture.noted(sentence)
        return noted
    }
}

/// What a report's picture shows. Names of files come from here alone, and so does what is removed when a report is
/// written again without them.
package enum PictureKind: String, CaseIterable {
    case ranking, verdicts, matrix, scatter, curve, figure, repetitions

    /// "matrix.svg", "scatter-hessian_trace.svg".
    package func fileName(_ parts: [String]) -> String {
        ([rawValue] + parts.map(FileName.part)).joined(separator: "-") + ".svg"
    }

    /// Whether a file's name is one that a report's picture may have.
    package static func canName(_ file: String) -> Bool {
        allCases.contains { file == $0.fileName([]) || file.hasPrefix("\($0.rawValue)-") && file.hasSuffix(".svg") }
    }
}
