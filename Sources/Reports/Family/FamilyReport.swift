import Results

/// One report over several studies that share columns: what differs between them, and what their correlations do.
///
/// The same rows give the same bytes: nothing in it tells when or where it was written.
public struct FamilyReport: Sendable {
    /// The text of `report.md`.
    public let markdown: String
    /// The pictures that the text shows, by file name.
    public let pictures: [(name: String, svg: String)]
    private let folderName: String

    /// - Parameter name: that of the report's folder.
    /// - Throws: `UnknownColumn` when a study's target was not measured.
    public init(of populations: [Population], name: String, in store: ResultsStore) throws {
        let family = StudyFamily(of: populations)
        let published = try family.members.map { try store.replication(of: $0.study) }
        let correlations = try FamilyCorrelations(of: family, published: published)
        let sections: [ReportSection] = [
            .head(family, name: name),
            try .verdicts(family),
            .findings(correlations),
            .regimes(family, published: published),
            .correlations(correlations),
            .publishedSummaries(family, published),
            .publishedNetworks(family, published),
        ]
        folderName = name
        markdown = sections.map(\.markdown).filter { !$0.isEmpty }.joined(separator: "\n")
        pictures = sections.flatMap(\.pictures)
    }

    /// Writes the report into a folder of its name; pictures of an older report there are removed.
    ///
    /// - Returns: the path of `report.md`.
    /// - Throws: `ReportNotWritten` when the folder cannot be written; each file is written whole or not at all.
    public func write(into parent: String) throws -> String {
        try ReportFolder(parent: parent, name: folderName).write(markdown, pictures)
    }
}
