/// A report as a value: what stands in it, in which order, and nothing of how it will look.
///
/// The same rows give the same report: nothing in it tells when or where it was made.
public struct Report: Sendable, Hashable {
    /// That of the folder into which it is written.
    public let name: String
    public let sections: [ReportSection]

    /// Sections without a block are left out; headings of the same text get different anchors.
    package init(name: String, _ sections: [ReportSection]) {
        var taken: [String: Int] = [:]
        func distinct(_ anchor: String) -> String {
            defer { taken[anchor, default: 0] += 1 }
            guard let count = taken[anchor] else { return anchor }
            return distinct("\(anchor)-\(count)")
        }
        self.name = name
        self.sections = sections.filter { !$0.blocks.isEmpty }.map { section in
            ReportSection(
                section.blocks.map { block in
                    guard case .heading(var heading) = block else { return block }
                    heading.anchor = distinct(heading.anchor)
                    return .heading(heading)
                })
        }
    }

    public var blocks: [Block] { sections.flatMap(\.blocks) }

    /// The pictures that it shows, in their order.
    public var pictures: [Illustration] {
        blocks.flatMap { block -> [Illustration] in
            switch block {
            case .picture(let picture): [picture]
            case .gallery(let pictures): pictures
            case .heading, .paragraph, .list, .table, .command, .note: []
            }
        }
    }

    /// Writes the report into a folder of its name; pictures of an older report there are removed.
    ///
    /// - Returns: the path of the text.
    /// - Throws: `ReportNotWritten` when the folder cannot be written; each file is written whole or not at all.
    public func write(into parent: String, as format: ReportFormat = .markdown) throws -> String {
        try ReportFolder(parent: parent, name: name).write(self, as: format)
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
