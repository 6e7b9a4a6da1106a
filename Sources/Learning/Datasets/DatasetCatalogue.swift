import Foundation

/// The datasets that Basin can check and fetch: one YAML file each in the `datasets` folders.
///
/// An entry is read when it is asked for, so that a broken file is in the way of nobody who wants another one.
public struct DatasetCatalogue: Sendable {
    private let folder: PackageFolder

    public init(_ surroundings: Surroundings = .current) {
        folder = PackageFolder(named: "datasets", in: surroundings)
    }

    /// The names of all entries, sorted.
    public var names: [String] { folder.names(withSuffix: ".yml") }

    /// The entry of that name, or nil if there is none.
    ///
    /// - Throws: `RequestError` if its file cannot be read or is wrong; the description names line and key.
    public func entry(named name: String) throws -> DatasetEntry? {
        guard isDatasetName(name), let path = folder.path(of: "\(name).yml") else { return nil }
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw FileFailure(.read, path, code: isFolder(path) ? EISDIR : EACCES)
        }
        return try DatasetEntry(name: name, yaml: String(decoding: bytes, as: UTF8.self), path: path)
    }
}

/// Whether a name can be a dataset's: it names a folder, so it has no slash and starts with no dot.
func isDatasetName(_ name: String) -> Bool {
    !name.isEmpty && !name.hasPrefix(".") && !name.contains("/") && !name.utf8.contains(0)
}
