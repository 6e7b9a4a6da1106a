import Definitions
import Foundation

/// Where a study file lies: what it names by a path lies relative to there.
///
/// Used on one thread, while the file is read. Remembers what it read, as a grid reads a section again for each of its
/// points.
final class StudyFolder {
    private let path: String
    private var indices: [String: PointIndicesFile] = [:]

    /// - Parameter file: the study file's path.
    init(ofFile file: String) { path = (file as NSString).deletingLastPathComponent }

    /// The path of a file that the study file names.
    func path(of file: String) -> String { Self.path(of: file, in: path) }

    static func path(of file: String, in folder: String) -> String {
        file.hasPrefix("/") || folder.isEmpty ? file : (folder as NSString).appendingPathComponent(file)
    }

    /// What a file of indices says.
    func indices(in file: String) -> PointIndicesFile {
        if let known = indices[file] { return known }
        let found = PointIndicesFile(path: path(of: file))
        indices[file] = found
        return found
    }
}
