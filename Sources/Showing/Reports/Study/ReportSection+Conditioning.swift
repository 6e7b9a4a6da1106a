import Analysis
import Statistics
import Typography

extension ReportSection {
    /// A change of a coefficient by a confounder that the report says in words.
    private static let notableChange = 0.15

    /// Each predictor's correlation under every condition of its verdict, and below it the changes that are notable.
    ///
    /// Where a study has a design (regime, grid), every condition holds that fixed and something else besides: what the
    /// something else does is seen against what the design does alone, never against the raw correlation.
    static func conditioning(_ population: Population, _ verdicts: StudyVerdicts) -> [ReportSection] {
        let rows = population.columns.compactMap { column in verdicts.rows.first { $0.verdict.measure == column } }
            .map(\.verdict).filter { population.mayPredict($0.measure) }
        let naming = ConditionNames(design: verdicts.design)
        let conditions = rows.flatMap(\.trials).map(naming.words).reduce(into: [String]()) { kept, next in
            if !kept.contains(next) { kept.append(next) }
        }
        guard !conditions.isEmpty else { return [] }
        var table = Table(
            ["measure", Table.Column("raw", format: .fixed(3))]
                + conditions.map { Table.Column("given \($0)", format: .fixed(3)) })
        var moved: [Prose] = []
        for verdict in rows {
            var row: [Cell] = [.text(verdict.measure), Cell(verdict.raw.estimate, because: verdict.raw.reason)]
            for condition in conditions {
                let trial = verdict.trials.first { naming.words($0) == condition }
                row.append(Cell(trial?.value, because: trial?.reason ?? "A column is not held fixed for itself."))
                if let trial, let sentence = change(verdict, trial, naming) { moved.append(sentence) }
            }
            table.append(row)
        }
        let numbers = ReportSection([
            .heading(2, "With confounders held fixed"),
            .paragraph(
                """
                Rank correlations with \(code: verdicts.target), given curves of the ranks of what is held \
                fixed\(naming.hasDesign ? ", the design as categories" : ""). \(naming.reading)
                """),
            .table(table),
        ])
        guard !moved.isEmpty else { return [numbers] }
        return [numbers, ReportSection([.paragraph("Changes of at least \(notableChange):"), .list(moved)])]
    }

    /// What a condition changes beside what it is held against, if that is notable.
    private static func change(_ verdict: Verdict, _ trial: Verdict.Trial, _ naming: ConditionNames) -> Prose? {
        let isBesideDesign = naming.hasDesign && !naming.isDesignAlone(trial)
        let design = isBesideDesign ? verdict.trials.first(where: naming.isDesignAlone) : nil
        guard let first = isBesideDesign ? design?.value : verdict.raw.estimate, let second = trial.value,
            abs(second - first) >= notableChange
        else { return nil }
        let held = isBesideDesign ? " given the design" : naming.hasDesign ? " (raw)" : ""
        // A column that some networks lack is held fixed in the others, and then more than the condition differs.
        let (few, many) = (trial.partial.count, design?.partial.count ?? verdict.raw.count)
        let rows = few == many ? "" : ", of \(few) networks instead of \(many)"
        return """
            \(code: verdict.measure) goes from \(signed(first))\(held) to \(signed(second)) given \
            \(naming.words(trial))\(rows).
            """
    }
}

extension Verdict.Trial {
    /// Why there is no correlation given curves of the condition; nil where there is one.
    fileprivate var reason: String? {
        if case .failure(let undefined) = curved { undefined.description } else { nil }
    }
}

/// What the conditions of verdicts are called side by side.
private struct ConditionNames {
    /// Held fixed in every condition; empty where networks differ in their seeds alone.
    let design: [String]

    var hasDesign: Bool { !design.isEmpty }

    func isDesignAlone(_ trial: Verdict.Trial) -> Bool { hasDesign && trial.names.count == design.count }

    /// "the design", "the design and epochs", "epochs".
    func words(_ trial: Verdict.Trial) -> String {
        let beside = trial.names.dropFirst(design.count)
        guard let only = beside.first else { return "the design" }
        let others = beside.count == 1 ? only : "all of them"
        return hasDesign ? "the design and \(others)" : others
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
