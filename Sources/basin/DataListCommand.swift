import ArgumentParser
import Datasets
import Reports

struct DataListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the datasets of the catalogue and those on this machine.",
        discussion: "Example: basin data list --format csv")

    @OptionGroup var dataFolder: DataFolderOptions
    @OptionGroup var output: TableOptions

    func run() throws {
        var table = Table(["dataset", "training_images", "test_images", "classes", "image", "licence", "path"])
        for summary in DatasetLocator(dataFolder: dataFolder.folder).summaries() {
            let shape = summary.imageShape.map { $0.map(String.init).joined(separator: "x") }
            table.append([
                .text(summary.name),
                Cell(summary.trainCount, because: summary.problem),
                Cell(summary.testCount, because: summary.problem),
                Cell(summary.classCount, because: summary.problem),
                Cell(shape, because: summary.problem),
                Cell(summary.entry?.licence),
                Cell(summary.folder?.path, because: summary.problem),
            ])
        }
        try output.print(table)
    }
}
