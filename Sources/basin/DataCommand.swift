import ArgumentParser

struct DataCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data",
        abstract: "List, find, verify and fetch datasets.",
        discussion: """
            Looked for in the folder of --data, each folder of BASIN_DATASETS (separated by colons), 'datasets' of the \
            working directory and of the package, the user's cache folder, /usr/share/datasets. A folder holds \
            NAME/train-images-idx3-ubyte[.gz] and its three siblings, or with a dot NAME/train-images.idx3-ubyte[.gz].

            Example: basin data list
            """,
        subcommands: [
            DataListCommand.self, DataPathCommand.self, DataVerifyCommand.self, DataFetchCommand.self,
            DataAddCommand.self,
        ])
}

/// NAME.
struct DatasetArgument: ParsableArguments {
    @Argument(help: "The name of a dataset (see 'basin data list').")
    var name: String
}
