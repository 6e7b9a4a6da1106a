import Analysis
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
    /// - Parameters:
    ///   - hasRemarks: whether a format without notes gets a column that says why cells are missing.
    ///   - populations: whose numbers they are, where a condition may have selected them.
    ///   - target: what is to be predicted; each study's own unless given.
    func print(
        _ table: Table, hasRemarks: Bool = false, of populations: [Population] = [], target: String? = nil
    ) throws {
        let chosen = format ?? (isatty(STDOUT_FILENO) == 1 ? .table : .csv)
        let hasNotes = chosen == .table || chosen == .markdown
        var table = hasRemarks && !hasNotes ? table.withRemarks() : table
        if let restriction = RestrictionText(of: populations, target: target) {
            if !hasNotes { remarkOnRestriction(restriction) }
            table = table.restricted(by: restriction, hasNotes: hasNotes)
        }
        try writeToStandardOutput(table.render(chosen))
    }
}
