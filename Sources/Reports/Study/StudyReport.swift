import Diagnostics
import Foundation
import Results

/// A study's report: Markdown and pictures, made of the results file alone.
///
/// The same rows give the same bytes: nothing in it tells when or where it was written.
public struct StudyReport: Sendable {
    /// The text of `report.md`.
    public let markdown: String
    /// The pictures that the text shows, by file name.
    public let pictures: [(name: String, svg: String)]
    private let folderName: String

    /// - Throws: `UnknownColumn` when the study's target was not measured.
    public init(of population: Population, in store: ResultsStore) throws {
        let correlations = try MeasureCorrelations(of: population)
        let sections: [ReportSection] = [
            .head(population, correlations),
            .replication(try store.replication(of: population.study)),
            .ranking(correlations),
            try .groupings(population, target: correlations.target),
            try .conditioning(population, correlations),
            try .scatters(population, correlations),
            try .matrix(population),
            try .measures(population),
            .failures(population),
            .provenance(population, runs: try Self.runs(behind: population, in: store)),
        ]
        folderName = population.study.name
        markdown = sections.map(\.markdown).filter { !$0.isEmpty }.joined(separator: "\n")
        pictures = sections.flatMap(\.pictures)
    }

    /// The runs that made the models, those of earlier versions included from which models were taken over.
    private static func runs(behind population: Population, in store: ResultsStore) throws -> [RunRecord] {
        let named = Set((population.models + population.failed).map(\.runID))
        let versions = try store.studies().filter { $0.name == population.study.name }
        return try versions.flatMap { try store.runs(of: $0.id) }
            .filter { $0.studyID == population.study.id || named.contains($0.id) }
    }

    /// Writes the report into a folder of the study's name; pictures of an older report there are removed.
    ///
    /// - Returns: the path of `report.md`.
    /// - Throws: `ReportNotWritten` when the folder cannot be written; each file is written whole or not at all.
    public func write(into parent: String) throws -> String {
        let folder = URL(fileURLWithPath: parent).appendingPathComponent(folderName)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for picture in pictures {
                try Data(picture.svg.utf8).write(to: folder.appendingPathComponent(picture.name), options: .atomic)
            }
            let text = folder.appendingPathComponent("report.md")
            try Data(markdown.utf8).write(to: text, options: .atomic)
            // Pictures of measures that the study no longer has; other files in the folder are the user's.
            let wanted = Set(pictures.map(\.name))
            for file in try FileManager.default.contentsOfDirectory(atPath: folder.path)
            where file.hasPrefix("scatter-") && file.hasSuffix(".svg") && !wanted.contains(file) {
                try FileManager.default.removeItem(at: folder.appendingPathComponent(file))
            }
            return "\(parent)/\(folderName)/report.md"
        } catch {
            throw ReportNotWritten(folder: folder.path, reason: (error as NSError).localizedDescription)
        }
    }
}

/// A report's folder cannot be written.
public struct ReportNotWritten: RequestError {
    public let folder: String
    public let reason: String

    public var description: String {
        "The report cannot be written into '\(folder)': \(reason) Name another folder with --out."
    }
}

/// A part of a report: its text and the pictures that it shows.
struct ReportSection: Sendable {
    var markdown: String
    var pictures: [(name: String, svg: String)] = []

    init(_ lines: [String], pictures: [(name: String, svg: String)] = []) {
        markdown = lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
        self.pictures = pictures
    }
}
