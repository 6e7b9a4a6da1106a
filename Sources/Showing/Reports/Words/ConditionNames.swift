import Statistics

/// What the conditions of verdicts are called side by side.
struct ConditionNames {
    /// Held fixed in every condition; empty where networks differ in their seeds alone.
    let design: [String]

    var hasDesign: Bool { !design.isEmpty }

    /// "the design", "the design and epochs", "epochs", "everything".
    func words(_ trial: Verdict.Trial) -> String {
        let beside = trial.names.dropFirst(design.count)
        guard let only = beside.first else { return "the design" }
        guard beside.count == 1 else { return "everything" }
        return hasDesign ? "the design and \(only)" : only
    }

    /// How the table is to be read.
    var reading: Prose {
        hasDesign
            ? """
            The column \(code: "given the design") holds the design (\(design.joined(separator: ", "))) fixed and \
            nothing else; those behind it hold the design fixed and what they name. What changes from \(code: "raw") \
            to \(code: "given the design") is the design's. What changes from there to a further column is that \
            column's: a correlation that shrinks was partly the column's, one that grows was masked by it.
            """
            : """
            One that shrinks in a column was partly that column's; one that grows was masked by it.
            """
    }
}
