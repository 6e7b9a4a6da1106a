import Datasets
import Definitions
import Diagnostics
import Foundation

/// Finds study files: STUDY is a path, or the name of a file in one of the folders of studies.
public struct StudyLocator: Sendable {
    /// Looked through in turn; a name in an earlier folder hides the same in a later one.
    public let folders: [String]

    public init(folders: [String]) {
        self.folders = folders
    }

    /// The folders `studies` of the working directory and of the package.
    public init(in surroundings: Surroundings = .current) {
        folders = PackageFolder(named: "studies", in: surroundings).paths
    }

    /// Whether a word is a path and no name: one with a slash, or with the ending .yml or .yaml.
    public static func isPath(_ study: String) -> Bool {
        study.contains("/") || endings.contains { study.hasSuffix($0) }
    }

    /// The path of the file that `study` means.
    ///
    /// - Throws: `UnknownStudy` with the nearest name; `NoWorkingDirectory`.
    public func path(of study: String) throws -> String {
        if Self.isPath(study) {
            _ = try WorkingDirectory.absolutePath(study)
            guard FileManager.default.fileExists(atPath: study) else {
                throw UnknownStudy(name: study, isPath: true, names: names(), folders: folders)
            }
            return study
        }
        guard let found = all().first(where: { $0.name == study }) else {
            throw UnknownStudy(name: study, isPath: false, names: names(), folders: folders)
        }
        return found.path
    }

    /// The studies of all folders, by name.
    public func all() -> [(name: String, path: String)] {
        var paths: [String: String] = [:]
        for folder in folders {
            for file in ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted() {
                guard let ending = Self.endings.first(where: { file.hasSuffix($0) }), !file.hasPrefix(".") else {
                    continue
                }
                let name = String(file.dropLast(ending.count))
                if paths[name] == nil { paths[name] = (folder as NSString).appendingPathComponent(file) }
            }
        }
        return paths.sorted { $0.key < $1.key }.map { (name: $0.key, path: $0.value) }
    }

    private func names() -> [String] { all().map(\.name) }

    private static let endings = [".yml", ".yaml"]
}

/// A study that is neither a file nor a name in the folders of studies.
public struct UnknownStudy: RequestError, Equatable {
    public let name: String
    public let isPath: Bool
    public let names: [String]
    public let folders: [String]

    public init(name: String, isPath: Bool, names: [String], folders: [String]) {
        (self.name, self.isPath, self.names, self.folders) = (name, isPath, names, folders)
    }

    public var description: String {
        if isPath { return "There is no study file '\(name)'." }
        if names.isEmpty {
            let places = folders.map { "'\($0)'" }.joined(separator: ", ")
            return "There is no study '\(name)': no study files lie in \(places.isEmpty ? "any folder" : places). "
                + "A path to a study file works from anywhere."
        }
        return
            """
            There is no study '\(name)'. \(suggestion(for: name, among: names)) A study file of another name or \
            place goes by its path.
            """
    }
}
