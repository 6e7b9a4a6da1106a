/// A report as a value: what stands in it, in which order, and nothing of how it will look.
///
/// The same rows give the same report: nothing in it tells when or where it was made.
public struct Report: Sendable, Hashable {
    /// That of the folder into which it is written, as far as it can name one.
    public let name: String
    public let sections: [ReportSection]
    /// What was found, in a sentence; nil where nothing was judged.
    public let summary: Prose?

    /// Sections without a block are left out; headings of the same text get different anchors, pictures of the same
    /// name different ones, so that none overwrites another.
    package init(name: String, summary: Prose? = nil, _ sections: [ReportSection]) {
        var taken: [String: Int] = [:]
        func distinct(_ anchor: String) -> String {
            defer { taken[anchor, default: 0] += 1 }
            guard let count = taken[anchor] else { return anchor }
            return distinct("\(anchor)-\(count)")
        }
        let pictures = sections.flatMap(\.blocks).flatMap(\.pictures)
        var fileNames = FileName.distinct(pictures.map(\.name), ending: ".svg")[...]
        func named(_ picture: Illustration) -> Illustration {
            var picture = picture
            if let next = fileNames.popFirst() { picture.name = next }
            return picture
        }
        self.name = name
        self.summary = summary
        func finished(_ block: Block) -> Block {
            switch block {
            case .heading(var heading):
                heading.anchor = distinct(heading.anchor)
                return .heading(heading)
            case .picture(let picture): return .picture(named(picture))
            case .gallery(let pictures): return .gallery(pictures.map(named))
            case .folded(let summary, let blocks): return .folded(summary, blocks.map(finished))
            case .paragraph, .list, .table, .command, .note, .networks: return block
            }
        }
        self.sections = sections.filter { !$0.blocks.isEmpty }.map { ReportSection($0.blocks.map(finished)) }
    }

    public var blocks: [Block] { sections.flatMap(\.blocks) }

    /// The pictures that it shows, in their order.
    public var pictures: [Illustration] { blocks.flatMap(\.pictures) }

    /// Writes the report into a folder of its name within `parent`, whatever the name is: what could lead out of it is
    /// percent-encoded, and so is the start of `published`, where shipped reports lie. Pictures of an older report
    /// there are removed.
    ///
    /// - Returns: the path of the text.
    /// - Throws: `ReportNotWritten` when the folder cannot be written; each file is written whole or not at all.
    public func write(into parent: String, as format: ReportFormat = .markdown) throws -> String {
        try ReportFolder(parent: parent, title: name).write(self, as: format)
    }
}

/// Blocks of one subject, in their order; none where there is nothing to say.
public struct ReportSection: Sendable, Hashable {
    public let blocks: [Block]

    package init(_ blocks: [Block] = []) { self.blocks = blocks }
}

/// What is reported in a `Report` of its own.
public protocol Reported: Sendable {
    var report: Report { get }
}

extension Reported {
    /// The text of `report.md`.
    public var markdown: String { ReportFormat.markdown.render(report) }

    /// The pictures that the text shows.
    public var pictures: [Illustration] { report.pictures }

    /// See `Report.write`.
    public func write(into parent: String, as format: ReportFormat = .markdown) throws -> String {
        try report.write(into: parent, as: format)
    }
}
