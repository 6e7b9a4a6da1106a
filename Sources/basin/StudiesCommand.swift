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

    @Flag(help: "Print the JSON Schema of study files, for editors that complete and check them; list nothing.")
    var schema = false

    @Flag(help: "Print the reference page of study files, in Markdown; list nothing.")
    var reference = false

    @OptionGroup var output: TableOptions

    func validate() throws {
        if schema, reference { throw ValidationError("--schema and --reference are two pages: ask for one.") }
    }

    func run() throws {
        if schema { return try writeToStandardOutput(StudyFileSchema.json() + "\n") }
        if reference { return try writeToStandardOutput(StudyFileReference().markdown) }
        try list()
    }

    private func list() throws {
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
