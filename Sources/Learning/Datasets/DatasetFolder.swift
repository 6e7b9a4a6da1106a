import Diagnostics
import Foundation

/// A folder that holds all four files of a dataset, each plain or packed.
public struct DatasetFolder: Sendable, Equatable {
    /// The dataset's name, which is the folder's.
    public let name: String
    public let path: String
    /// The path of each file. Where a plain and a packed one lie side by side, the plain one.
    public let files: [DatasetFile: String]

    /// - Returns: nil if the folder lacks a file (see `missingFiles(in:)`).
    public init?(name: String, path: String) {
        var files: [DatasetFile: String] = [:]
        for file in DatasetFile.allCases { files[file] = Self.path(of: file, in: path) }
        guard files.count == DatasetFile.allCases.count else { return nil }
        self.name = name
        self.path = path
        self.files = files
    }

    /// The files that a folder lacks, plain and packed.
    public static func missingFiles(in folder: String) -> [DatasetFile] {
        DatasetFile.allCases.filter { path(of: $0, in: folder) == nil }
    }

    /// Where a folder holds a file, or nil if it does not.
    public static func path(of file: DatasetFile, in folder: String) -> String? { paths(of: file, in: folder).first }

    public func path(of file: DatasetFile) -> String { files[file] ?? "\(path)/\(file.name)" }

    /// - Throws: `AmbiguousDataFile` where a file lies there by both of its names, as nothing tells which is meant.
    func requireUnambiguous() throws(AmbiguousDataFile) {
        for file in DatasetFile.allCases {
            let found = Self.paths(of: file, in: path)
            if found.count > 1 { throw AmbiguousDataFile(paths: found) }
        }
    }

    /// One path for each spelling of a file's name.
    private static func paths(of file: DatasetFile, in folder: String) -> [String] {
        file.spellings(in: URL(fileURLWithPath: folder).lastPathComponent).compactMap { name in
            ["\(folder)/\(name)", "\(folder)/\(name).gz"].first(where: holdsSomething)
        }
    }

    /// Whether there is something else than a folder: some archives have folders by the names of the files.
    private static func holdsSomething(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
    }
}

/// A data file that lies in its folder by two names.
public struct AmbiguousDataFile: RequestError, Equatable {
    public let paths: [String]

    public init(paths: [String]) { self.paths = paths }

    public var description: String {
        "There are both \(paths.joined(separator: " and ")). Remove the one that is not meant."
    }
}
