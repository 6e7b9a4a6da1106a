import Diagnostics
import Foundation

/// The folder into which a report is written.
struct ReportFolder {
    let parent: String
    let name: String

    /// What the names of pictures begin with that one report has and the next may lack.
    private static let changingPictures = ["scatter-", "curve-", "figure-"]

    /// Writes the report; pictures of an older report there are removed.
    ///
    /// - Returns: the path of `report.md`.
    /// - Throws: `ReportNotWritten` when the folder cannot be written; each file is written whole or not at all.
    func write(_ markdown: String, _ pictures: [(name: String, svg: String)]) throws -> String {
        let folder = URL(fileURLWithPath: parent).appendingPathComponent(name)
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
            where Self.changingPictures.contains(where: file.hasPrefix) && file.hasSuffix(".svg")
                && !wanted.contains(file)
            {
                try FileManager.default.removeItem(at: folder.appendingPathComponent(file))
            }
            return "\(parent)/\(name)/report.md"
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
