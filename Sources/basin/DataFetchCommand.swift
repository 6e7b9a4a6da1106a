import ArgumentParser
import Datasets
import Diagnostics
import Foundation

struct DataFetchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Fetch a dataset from its mirrors, unless it is on this machine already.",
        discussion: """
            What arrives is checked against the digests of the catalogue. A fetch that was broken off goes on where it \
            stopped. Prints the folder of the dataset.

            Example: basin data fetch mnist
            """)

    @OptionGroup var dataset: DatasetArgument

    @Option(
        name: .customLong("data"),
        help:
            """
            The folder of datasets to put it into, and to look in before all others; without it, the user's cache \
            folder.
            """
    )
    var folder: String?

    func run() async throws {
        let surroundings = Surroundings.current
        let locator = DatasetLocator(dataFolder: folder, surroundings: surroundings)
        let entry = try locator.entry(named: dataset.name)
        if folder == nil, let found = try? locator.locate(entry.name),
            DatasetVerification(found, against: entry).isIntact
        {
            DataFetchProgress.say("\(entry.name) is on this machine already, and intact")
            return print(found.path)
        }
        guard let target = try folder.map(surroundings.absolutePath) ?? DatasetLocator.cacheFolder(surroundings) else {
            throw NoCacheFolder()
        }
        let progress = DataFetchProgress()
        let fetcher = DatasetFetcher(entry, into: target) { progress.show($0) }
        let fetched = try await interruptible { try await fetcher.fetch() }
        // An older copy in a folder that comes first is what studies would read.
        let first = try locator.locate(entry.name)
        if first.path != fetched.path {
            DataFetchProgress.say(
                "\(first.path) comes first when '\(entry.name)' is looked for, and it is not what the "
                    + "catalogue states; remove it, or name the new copy with --data \(target)")
        }
        print(fetched.path)
    }
}

struct NoCacheFolder: RequestError {
    var description: String {
        "There is no cache folder to fetch into: neither XDG_CACHE_HOME nor HOME is set. Name a folder with --data."
    }
}
