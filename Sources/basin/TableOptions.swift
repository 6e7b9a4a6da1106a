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

    @Flag(help: "Show all columns and whole texts, however narrow the terminal is.")
    var wide = false

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
        let window = chosen == .table && !wide ? TerminalWindow(of: STDOUT_FILENO) : nil
        try writeToStandardOutput(window.map { table.terminalText(in: $0) } ?? table.render(chosen))
    }
}

extension TerminalWindow {
    /// That of a stream; nil where it is no terminal.
    init?(of stream: Int32) {
        guard isatty(stream) == 1 else { return nil }
        var size = winsize()
        let hasSize = ioctl(stream, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        func isSet(_ name: String) -> Bool { getenv(name).map { $0.pointee != 0 } ?? false }
        let isDumb = getenv("TERM").map { strcmp($0, "dumb") == 0 } ?? true
        self.init(columns: hasSize ? Int(size.ws_col) : 80, isColoured: !isSet("NO_COLOR") && !isDumb)
    }
}
