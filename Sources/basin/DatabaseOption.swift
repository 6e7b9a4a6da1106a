import ArgumentParser
import Datasets

/// Which results file a command is about.
struct DatabaseOption: ParsableArguments {
    @Option(help: ArgumentHelp("The results file; BASIN_DB or basin.sqlite unless given.", valueName: "file"))
    var db: String?

    /// - Throws: `NoWorkingDirectory` for a relative path where there is none.
    var path: String {
        get throws {
            let surroundings = Surroundings.current
            return try surroundings.absolutePath(db ?? surroundings["BASIN_DB"] ?? "basin.sqlite")
        }
    }
}
