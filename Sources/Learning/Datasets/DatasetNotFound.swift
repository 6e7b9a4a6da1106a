import Diagnostics
import Foundation

/// A dataset that lies whole in none of the folders.
public struct DatasetNotFound: RequestError {
    public struct Incomplete: Sendable, Equatable {
        public let path: String
        public let missing: [DatasetFile]
    }

    /// A folder of the dataset's name that holds something else.
    struct Foreign: Sendable, Equatable {
        let path: String
        /// The first names of what lies in it, sorted; those of folders end in a slash.
        let contents: [String]
        /// How many more there are.
        let others: Int
    }

    public let name: String
    public let searched: [String]
    /// Folders of that name that lack files.
    public let incomplete: [Incomplete]
    /// Folders of that name with none of the files.
    let foreign: [Foreign]
    /// Folders that hold the files themselves, where a folder of the dataset's name ought to.
    let flat: [String]
    public let isInCatalogue: Bool
    /// Names that would have been found or fetched.
    public let known: [String]

    init(name: String, in locator: DatasetLocator) {
        let paths = isDatasetName(name) ? locator.searchFolders.map { "\($0)/\(name)" }.filter(isFolder) : []
        let lacking = paths.map { Incomplete(path: $0, missing: DatasetFolder.missingFiles(in: $0)) }
        self.name = name
        searched = locator.searchFolders
        incomplete = lacking.filter { $0.missing.count < DatasetFile.allCases.count }
        foreign = lacking.filter { $0.missing.count == DatasetFile.allCases.count }.map {
            Self.contents(of: $0.path)
        }
        flat = !isDatasetName(name) ? [] : locator.searchFolders.filter { DatasetFolder.missingFiles(in: $0).isEmpty }
        isInCatalogue = locator.catalogue.names.contains(name)
        known = locator.knownNames
    }

    private static func contents(of folder: String) -> Foreign {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        let shown = names.prefix(8).map { isFolder("\(folder)/\($0)") ? "\($0)/" : $0 }
        return Foreign(path: folder, contents: shown, others: names.count - shown.count)
    }

    public var description: String {
        guard isInCatalogue || !incomplete.isEmpty else {
            let others = strangers
            let advice = others.isEmpty ? suggestion(for: name, among: known) + " " : others
            return "There is no dataset '\(name)'. \(advice)\(places)"
        }
        let lacks = incomplete.map { folder in
            "\(folder.path) lacks \(Self.list(folder.missing)). "
        }
        let fetch = isInCatalogue ? " Fetch it with 'basin data fetch \(name)'." : ""
        return "The dataset '\(name)' is not on this machine. \(lacks.joined())\(strangers)\(places)\(fetch)"
    }

    /// What lies where the dataset might have been meant to.
    private var strangers: String {
        let holdings = foreign.map { folder in
            let more = folder.others > 0 ? " and \(folder.others) more" : ""
            let what = folder.contents.isEmpty ? "is empty" : "holds \(folder.contents.joined(separator: ", "))\(more)"
            return "\(folder.path) \(what); Basin reads \(Self.list(DatasetFile.allCases)). "
        }
        let moves = flat.map { "\($0) itself holds the four files of a dataset; they belong into \($0)/\(name). " }
        return (holdings + moves).joined()
    }

    private static func list(_ files: [DatasetFile]) -> String {
        files.map { "\($0.name)[.gz]" }.joined(separator: ", ")
    }

    private var places: String { "Looked in \(searched.joined(separator: ", "))." }
}
