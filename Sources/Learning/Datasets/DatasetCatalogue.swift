import Diagnostics
import Documents

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
    /// - Throws: `RequestError` if its file cannot be read, is longer than 1 MiB or is wrong; the description names
    ///   line and key.
    public func entry(named name: String) throws -> DatasetEntry? {
        guard isDatasetName(name), let path = folder.path(of: "\(name).yml") else { return nil }
        let text: String
        do {
            text = try DocumentFile.text(at: path, mostBytes: 1 << 20)
        } catch {
            throw UnreadableDatasetEntry(path: path, reason: error.reason)
        }
        return try DatasetEntry(name: name, yaml: text, path: path)
    }

    /// SHA-256 of each plain file that the catalogue states, by "dataset/file", as runs record it. Entries that are
    /// broken are passed over.
    public var statedDigests: [String: String] {
        var digests: [String: String] = [:]
        for name in names {
            for (file, stated) in (try? entry(named: name))?.files ?? [:] {
                digests["\(name)/\(file.name)"] = stated.sha256
            }
        }
        return digests
    }

    /// The dataset whose files have these digests, by file, if the catalogue has it.
    ///
    /// Entries that are broken are passed over.
    func name(ofFilesWith digests: [DatasetFile: String]) -> String? {
        names.first { name in
            guard let entry = try? entry(named: name) else { return false }
            return digests.allSatisfy { entry.files[$0.key]?.sha256 == $0.value }
        }
    }
}

/// Whether a name can be a dataset's: it names a folder, so it has no slash and starts with no dot.
func isDatasetName(_ name: String) -> Bool {
    !name.isEmpty && !name.hasPrefix(".") && !name.contains("/") && !name.utf8.contains(0)
}

/// An entry's file that cannot be read.
public struct UnreadableDatasetEntry: RequestError, Equatable {
    public let path: String
    /// "it is a folder"
    public let reason: String

    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    public var description: String { "The catalogue's file '\(path)' cannot be read: \(reason)." }
}
