import ArgumentParser
import Datasets
import Reports

struct DataListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the datasets of the catalogue and those on this machine.",
        discussion: """
            Reads all files. State: 'intact' as the catalogue states, 'other data' under a catalogued name, 'damaged', \
            'not in the catalogue' but sound, 'not here'.

            Example: basin data list --format csv
            """)

    @OptionGroup var dataFolder: DataFolderOptions
    @OptionGroup var output: TableOptions

    func run() throws {
        var table = Table([
            "dataset", "training_images", "test_images", "classes", "image", "licence", "path", "state",
        ])
        let summaries = DatasetLocator(dataFolder: dataFolder.folder).summaries()
        for summary in summaries {
            let shape = summary.imageShape.map { $0.map(String.init).joined(separator: "x") }
            // What is wrong with a dataset that is here stands on standard error, whatever the format.
            let reason = summary.state == .absent ? summary.problem : nil
            table.append([
                .text(summary.name),
                Cell(summary.trainCount, because: reason),
                Cell(summary.testCount, because: reason),
                Cell(summary.classCount, because: reason),
                Cell(shape, because: reason),
                Cell(summary.entry?.licence),
                Cell(summary.folder?.path, because: reason),
                .text(summary.state.rawValue),
            ])
        }
        try output.print(table)
        for summary in summaries where summary.state != .absent {
            if let problem = summary.problem { say("basin: \(problem)") }
        }
    }
}
