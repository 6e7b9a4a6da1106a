import ArgumentParser
import Datasets

struct DataPathCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "path",
        abstract: "Print the folder that a dataset is read from.",
        discussion: "Example: ls \"$(basin data path fashion-mnist)\"")

    @OptionGroup var dataset: DatasetArgument
    @OptionGroup var dataFolder: DataFolderOptions

    func run() throws {
        print(try DatasetLocator(dataFolder: dataFolder.folder).locate(dataset.name).path)
    }
}
