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
    public static func path(of file: DatasetFile, in folder: String) -> String? {
        ["\(folder)/\(file.name)", "\(folder)/\(file.packedName)"].first(where: FileManager.default.fileExists)
    }

    public func path(of file: DatasetFile) -> String { files[file] ?? "\(path)/\(file.name)" }
}
