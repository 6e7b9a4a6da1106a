import Diagnostics
import Foundation

/// Finds datasets on this machine.
///
/// Searched in this order: the folder of `--data`, each folder of `BASIN_DATASETS` (separated by colons), `datasets/`
/// of the working directory and of the package, the user's cache folder, `/usr/share/datasets`. Each holds
/// `NAME/train-images-idx3-ubyte[.gz]` and its three siblings, or each as `train-images.idx3-ubyte[.gz]`; a folder that
/// lacks one of them is passed over.
public struct DatasetLocator: Sendable {
    /// The folders that are searched, in order, whether they exist or not.
    public let searchFolders: [String]
    public let catalogue: DatasetCatalogue

    /// - Parameter dataFolder: The folder that `--data` names.
    public init(dataFolder: String? = nil, surroundings: Surroundings = .current) {
        var folders: [String] = []
        // Where there is no working directory, nothing lies in a relative folder: its path stays as it is.
        func absolute(_ folder: String) -> String { (try? surroundings.absolutePath(folder)) ?? folder }
        if let dataFolder { folders.append(absolute(dataFolder)) }
        for folder in (surroundings["BASIN_DATASETS"] ?? "").split(separator: ":") {
            folders.append(absolute(String(folder)))
        }
        folders += PackageFolder(named: "datasets", in: surroundings).paths
        if let cache = Self.cacheFolder(surroundings) { folders.append(cache) }
        folders.append("/usr/share/datasets")
        searchFolders = folders
        catalogue = DatasetCatalogue(surroundings)
    }

    /// Where `basin data fetch` keeps what it fetched: `basin/datasets` in `$XDG_CACHE_HOME` or `~/.cache`; nil if
    /// neither XDG_CACHE_HOME nor HOME is set.
    public static func cacheFolder(_ surroundings: Surroundings = .current) -> String? {
        // The XDG specification has relative paths ignored.
        if let cache = surroundings["XDG_CACHE_HOME"], cache.hasPrefix("/") { return "\(cache)/basin/datasets" }
        return surroundings["HOME"].map { "\($0)/.cache/basin/datasets" }
    }

    /// The first folder that holds the whole dataset.
    ///
    /// - Throws: `DatasetNotFound`, which says where it was looked for and what to do; `AmbiguousDataFile`.
    public func locate(_ name: String) throws -> DatasetFolder {
        if isDatasetName(name) {
            for folder in searchFolders {
                if let found = DatasetFolder(name: name, path: "\(folder)/\(name)") {
                    try found.requireUnambiguous()
                    return found
                }
            }
        }
        throw DatasetNotFound(name: name, in: self)
    }

    /// Finds a dataset and reads it.
    ///
    /// - Throws: `DatasetNotFound`, or what `ImageDataset.init(folder:entry:)` throws: `DatasetDamaged` for a dataset
    ///   of the catalogue whose files are not the catalogue's.
    public func load(_ name: String) throws -> ImageDataset {
        do {
            return try ImageDataset(folder: locate(name), entry: catalogue.entry(named: name))
        } catch let error as DatasetDamaged {
            try error.verification.requireIntact(knowing: catalogue)
            throw error
        }
    }

    /// Names of the datasets that lie complete in a folder that is searched; sorted.
    public var availableNames: [String] {
        let folders = searchFolders.flatMap { folder in
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            return names.filter { isDatasetName($0) && DatasetFolder(name: $0, path: "\(folder)/\($0)") != nil }
        }
        return Set(folders).sorted()
    }

    /// Names of the catalogue's datasets and of those that lie in a folder; sorted.
    public var knownNames: [String] { Set(availableNames + catalogue.names).sorted() }

    /// The catalogue's entry, for what cannot be done without.
    ///
    /// - Throws: `DatasetNotFound` for an unknown name, `NotInCatalogue` for a dataset that merely lies in a folder.
    public func entry(named name: String) throws -> DatasetEntry {
        if let entry = try catalogue.entry(named: name) { return entry }
        throw NotInCatalogue(folder: try locate(name), known: catalogue.names)
    }
}

/// A dataset without an entry in the catalogue, so that there is nothing to compare it with or to fetch it from.
public struct NotInCatalogue: RequestError {
    public let folder: DatasetFolder
    public let known: [String]

    public var description: String {
        "The dataset '\(folder.name)' lies in \(folder.path), but the catalogue has no "
            + "datasets/\(folder.name).yml with its digests and mirrors. The catalogue has "
            + "\(known.isEmpty ? "none" : known.joined(separator: ", "))."
    }
}
