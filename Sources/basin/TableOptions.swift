import ArgumentParser
import Glibc
import Reports

extension TableFormat: ExpressibleByArgument {}

/// How a command prints its rows.
struct TableOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How rows are printed; table on a terminal and csv elsewhere unless given."))
    var format: TableFormat?

    /// Prints to standard output, which carries nothing else.
    ///
    /// - Parameter hasRemarks: whether a format without notes gets a column that says why cells are missing.
    func print(_ table: Table, hasRemarks: Bool = false) throws {
        let chosen = format ?? (isatty(STDOUT_FILENO) == 1 ? .table : .csv)
        let hasNotes = chosen == .table || chosen == .markdown
        try writeToStandardOutput((hasRemarks && !hasNotes ? table.withRemarks() : table).render(chosen))
    }
}
