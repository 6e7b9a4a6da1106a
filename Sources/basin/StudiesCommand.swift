import ArgumentParser
import Definitions
import Diagnostics
import Reports
import StudyFiles

struct StudiesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "studies",
        abstract: "List the studies in the folders 'studies', and what each costs.",
        discussion: """
            The working directory's folder comes first, then the package's.

            Example:
              basin studies --format json
            """)

    @OptionGroup var output: TableOptions

    func run() throws {
        let locator = StudyLocator()
        let found = locator.all()
        if found.isEmpty { throw NoStudies(folders: locator.folders) }
        var table = Table(["study", "title", "models", "cost"])
        var broken: [any Error] = []
        for (name, path) in found {
            do {
                let study = try StudyFile(path: path).specification
                table.append([
                    .text(name), .text(study.title), .integer(study.modelCount),
                    study.cost.isEmpty ? .missing : .text(study.cost),
                ])
            } catch {
                broken.append(error)
            }
        }
        // A broken file does not hide the others; it is an error all the same.
        try output.print(table)
        if !broken.isEmpty { throw BrokenStudies(errors: broken) }
    }
}

struct NoStudies: RequestError {
    let folders: [String]

    var description: String {
        "No study files (*.yml) lie in "
            + (folders.isEmpty
                ? "a folder 'studies' here or beside the program."
                : folders.map { "'\($0)'" }.joined(separator: " or ") + ".")
    }
}

struct BrokenStudies: RequestError {
    let errors: [any Error]

    var description: String { errors.map { "\($0)" }.joined(separator: "\n") }
}
