import ArgumentParser
import Diagnostics
import Glibc
import Results

struct DeleteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete studies from a results file, with all their versions, networks and measures.",
        discussion: """
            Asks first; where nobody can answer, --yes says it. What is deleted does not come back: copy the file \
            before, or run the study again.

            Example: basin delete label-noise-mnist --db results.sqlite
            """)

    @Argument(help: "Names of studies that the file holds (see 'basin show').")
    var studies: [String]

    @OptionGroup var database: DatabaseOption

    @Flag(name: .long, help: "Do not ask.")
    var yes = false

    @Flag(name: .long, help: "Leave the file as large as it is: what follows uses the space. Else it is written anew.")
    var keepSize = false

    func run() throws {
        let names = Set(studies)
        // Not before the answer is anything in the file touched, its schema either.
        let present = try ResultsStore.openReadOnly(at: database.path)
        for name in names.sorted() { _ = try present.study(named: name) }
        for space in try present.spaces() where names.contains(space.study.name) {
            let models = space.trained + space.failed
            say(
                "basin: \(space.study.name) v\(space.study.version): \(counted(models, "network")), "
                    + "\(counted(space.measures, "measure")), weights of \(space.withWeights)")
        }
        if !yes { try askFirst(about: present.path) }
        try present.close()
        let store = try ResultsStore.open(at: database.path)
        let count = try store.delete(studiesNamed: names)
        let what = names.count == 1 ? "1 study" : "\(names.count) studies"
        say("basin: deleted \(what) with \(counted(count, "network"))")
        if !keepSize { compact(store) }
    }

    private func askFirst(about path: String) throws {
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
            throw ValidationError("Nothing was deleted: add --yes to delete without a question.")
        }
        writeToStandardError("basin: delete them from \(path.withVisibleControlsOnOneLine)? Type yes: ")
        guard readLine()?.lowercased() == "yes" else { throw ValidationError("Nothing was deleted.") }
    }

    /// The rows are gone whatever becomes of their space.
    private func compact(_ store: ResultsStore) {
        do { try store.compact() } catch {
            say("basin: the file keeps its size, as it could not be written anew: \(error)")
        }
    }
}
