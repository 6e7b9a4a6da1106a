import ArgumentParser
import Glibc
import Reports

extension TableFormat: ExpressibleByArgument {}

/// How a command prints its rows.
struct TableOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How rows are printed; table on a terminal and csv elsewhere unless given."))
    var format: TableFormat?

    /// Prints to standard output, which carries nothing else.
    func print(_ table: Table) throws {
        let chosen = format ?? (isatty(STDOUT_FILENO) == 1 ? .table : .csv)
        try writeToStandardOutput(table.render(chosen))
    }
}
