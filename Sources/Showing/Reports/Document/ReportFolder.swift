import Diagnostics
import Foundation

/// The folder into which a report is written.
struct ReportFolder {
    let parent: String
    /// Within the parent, whatever the report is called.
    let name: String

    /// - Parameter title: what the report is called.
    init(parent: String, title: String) {
        self.parent = parent
        name = FileName.folder(of: title)
    }

    /// Writes the report's text and its pictures; pictures of an older report there are removed.
    ///
    /// - Returns: the path of the text.
    /// - Throws: `ReportNotWritten` when the folder cannot be written; each file is written whole or not at all.
    ///   `NoWorkingDirectory`.
    /// - Precondition: the format has a file name.
    func write(_ report: Report, as format: ReportFormat) throws -> String {
        guard let fileName = format.fileName else {
            preconditionFailure("\(format.name) is printed, not written")
        }
        let folder = URL(fileURLWithPath: try WorkingDirectory.absolutePath(parent)).appendingPathComponent(name)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for picture in format.holdsPictures ? [] : report.pictures {
                try WholeFile(folder: folder, name: picture.name).write(Data(picture.svg.utf8))
            }
            try WholeFile(folder: folder, name: fileName).write(Data(format.render(report).utf8))
            // Pictures that the report no longer has, and what a report that was killed had begun; other files in the
            // folder are the user's.
            if format.holdsPictures {
                try ReportIndex.renew(in: folder.deletingLastPathComponent())
                return "\(parent)/\(name)/\(fileName)"
            }
            let wanted = Set(report.pictures.map(\.name))
            for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
                if let unfinished = WholeFile.name(ofPart: file), PictureKind.canName(unfinished) {
                    WholeFile.removeAbandoned(folder.appendingPathComponent(file).path)
                } else if PictureKind.canName(file), !wanted.contains(file) {
                    try FileManager.default.removeItem(at: folder.appendingPathComponent(file))
                }
            }
            return "\(parent)/\(name)/\(fileName)"
        } catch {
            throw ReportNotWritten(folder: folder.path, reason: Self.reason(error))
        }
    }

    /// What the system said, in its own words: Foundation's are about domains and codes.
    private static func reason(_ error: any Error) -> String {
        var cause: (any Error)? = error
        while let current = cause {
            let known = current as NSError
            if known.domain == NSPOSIXErrorDomain { return "\(String(cString: strerror(Int32(known.code))))." }
            cause = known.userInfo[NSUnderlyingErrorKey] as? any Error
        }
        return switch (error as? CocoaError)?.code {
        case .fileWriteNoPermission, .fileReadNoPermission: "Permission denied."
        case .fileWriteOutOfSpace: "No space left on device."
        case .fileWriteFileExists: "A file of that name is in the way."
        default: "The system does not say why."
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
