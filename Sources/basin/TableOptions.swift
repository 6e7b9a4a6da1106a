import ArgumentParser
import Glibc
import Reports

extension TableFormat {
    fileprivate static var words: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

/// How a command prints its rows.
struct TableOptions: ParsableArguments {
    @Option(
        help: "How rows are printed: \(TableFormat.words); table on a terminal and csv elsewhere unless given.",
        completion: .list(TableFormat.allCases.map(\.rawValue)), transform: word())
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
