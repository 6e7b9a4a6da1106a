import ArgumentParser
import Datasets

/// Which results file a command is about.
struct DatabaseOption: ParsableArguments {
    @Option(help: ArgumentHelp("The results file; BASIN_DB or basin.sqlite unless given.", valueName: "file"))
    var db: String?

    var path: String {
        let surroundings = Surroundings.current
        return surroundings.absolutePath(db ?? surroundings["BASIN_DB"] ?? "basin.sqlite")
    }
}
