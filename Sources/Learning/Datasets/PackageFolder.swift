import Foundation

/// A folder that ships with Basin, such as `studies` or `datasets`.
///
/// The working directory's own comes first, so that files of one's own can stand beside or before those that ship;
/// then that of the package which the executable was built in: the nearest folder above it with a `Package.swift`.
public struct PackageFolder: Sendable {
    public let name: String
    /// The folders of that name that exist, in the order in which they are searched; no folder twice.
    public let paths: [String]

    public init(named name: String, in surroundings: Surroundings = .current) {
        var roots = surroundings.workingDirectory.map { [$0] } ?? []
        if let executable = surroundings.executable, let package = Self.package(above: executable) {
            roots.append(package)
        }
        var seen: Set<String> = []
        self.name = name
        paths = roots.map { "\($0)/\(name)" }.filter { path in
            isFolder(path) && seen.insert(URL(fileURLWithPath: path).resolvingSymlinksInPath().path).inserted
        }
    }

    /// The first file of that name in the folders, or nil.
    public func path(of file: String) -> String? {
        paths.map { "\($0)/\(file)" }.first(where: FileManager.default.fileExists)
    }

    /// Names, without the suffix, of all files with that suffix in the folders; sorted, none twice.
    public func names(withSuffix suffix: String) -> [String] {
        let files = paths.flatMap { (try? FileManager.default.contentsOfDirectory(atPath: $0)) ?? [] }
        return Set(
            files.filter { $0.hasSuffix(suffix) && !$0.hasPrefix(".") }.map { String($0.dropLast(suffix.count)) }
        )
        .sorted()
    }

    private static func package(above executable: String) -> String? {
        var folder = executable
        while folder.count > 1 {
            folder = (folder as NSString).deletingLastPathComponent
            if FileManager.default.fileExists(atPath: "\(folder)/Package.swift") { return folder }
        }
        return nil
    }
}
