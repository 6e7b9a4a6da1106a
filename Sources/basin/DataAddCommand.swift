import ArgumentParser
import Datasets
import Diagnostics
import Foundation

struct DataAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Write a catalogue entry for a folder of IDX files: datasets/NAME.yml, with sizes and digests.",
        discussion: """
            The folder holds train-images-idx3-ubyte, train-labels-idx1-ubyte and the two of t10k- (or test-), plain \
            or .gz, also behind the folder's name, which is the dataset's. From then on runs say where the files are \
            others than these.

            Example: basin data add data/emnist-letters --classes 27 --title 'EMNIST letters'
            """)

    @Argument(help: "The folder.")
    var folder: String

    @Option(
        name: .long, help: "How many classes; the largest label + 1 unless given.", transform: wholeNumber(in: 1...256))
    var classes: Int?

    @Option(name: .long, help: "One line for people; the name unless given.")
    var title: String?

    @Option(name: .long, help: "The terms of use.")
    var licence = "not stated"

    @Option(name: .long, help: "Who made it, and where that is written.")
    var citation = "not stated"

    func run() throws {
        let place = URL(fileURLWithPath: try WorkingDirectory.absolutePath(folder))
        let name = place.lastPathComponent
        guard let files = DatasetFolder(name: name, path: place.path) else {
            throw NoDatasetFiles(folder: place.path, missing: DatasetFolder.missingFiles(in: place.path).map(\.name))
        }
        let entry = try DatasetEntry(
            of: files, classCount: classes, title: title ?? name, licence: licence, citation: citation)
        guard !DatasetCatalogue().names.contains(name) else { throw EntryExists(name: name) }
        let path = try WorkingDirectory.absolutePath("datasets/\(name).yml")
        do {
            try FileManager.default.createDirectory(
                at: URL(fileURLWithPath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(entry.yaml.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw EntryNotWritten(path: path, reason: error.localizedDescription)
        }
        try writeToStandardOutput("\(path)\n")
        if (try? DatasetLocator(dataFolder: nil).locate(name))?.path != place.path {
            say("basin: studies find '\(name)' with BASIN_DATASETS=\(place.deletingLastPathComponent().path)")
        }
    }
}

/// A folder without all four files of a dataset.
struct NoDatasetFiles: RequestError {
    let folder: String
    let missing: [String]

    var description: String { "'\(folder)' lacks \(missing.joined(separator: ", ")), plain or with .gz." }
}

/// A catalogue entry that is there already.
struct EntryExists: RequestError {
    let name: String

    var description: String {
        "The catalogue has an entry '\(name)' already. Give the folder another name, or change datasets/\(name).yml."
    }
}

/// A catalogue entry that cannot be written.
struct EntryNotWritten: RequestError {
    let path: String
    let reason: String

    var description: String { "'\(path)' cannot be written: \(reason)" }
}
