import Analysis
import Foundation
import Statistics
import Typography

extension ReportSection {
    /// More groups than this make no table that a person reads.
    private static let mostGroups = 12

    /// Whether correlations belong to the networks or to the difference between groups of them, whole configurations
    /// first, and how the groups differ in the target.
    static func groupings(_ population: Population, target: String) throws -> ReportSection {
        let shown = population.groupings.filter { grouping in
            let labels = grouping.distinctLabels
            return labels.count <= mostGroups && labels.contains { grouping.rows(of: $0).count >= 3 }
        }
        let all = (population.configuration.map { [$0] } ?? []) + shown
        let found = try all.map { try GroupedCorrelations(of: population, by: $0, target: target) }
            .filter { !$0.rows.isEmpty }
        guard !shown.isEmpty || !found.isEmpty else { return ReportSection() }
        var blocks: [Block] = [.heading(2, "Within groups")]
        if !found.isEmpty {
            blocks.append(
                .paragraph(
                    """
                    Rank correlation with \(code: target), and what is left of it within the groups of each column \
                    (partial, the groups' mean ranks taken out).
                    """))
            blocks.append(.table(table(found)))
            blocks.append(
                .folded(
                    "When a correlation holds within groups",
                    [.note(rule)] + (power(found[0]).map { [.note($0)] } ?? [])))
        }
        blocks += shown.map { .table(medians($0, population, target: target)) }
        blocks += shown.flatMap { comparison($0, population, target: target) }
        let name = population.study.name.shellWord
        blocks.append(
            .command(all.map { "basin correlate \(name) --within \($0.name.shellWord)\(population.whereOption)" }))
        return ReportSection(blocks)
    }

    /// How what is left is found, for a reader.
    static let rule: Prose = """
        A raw correlation counts if its p, corrected over the study's measures that may be called predictors as for \
        verdicts (Westfall and Young), is below 0.05. It holds within the groups if what is left given them has the \
        same sign, a p below 0.05 by the verdicts' test, and at least half the size or no less than chance takes. If \
        less is left, it comes from the difference between the groups where that is not told from nothing; where it \
        is, with the same sign, less than half of it is within them, and with the other it turns. Else the study \
        cannot tell. A partial correlation that has no raw one behind it counts by its corrected p.
        """

    /// What the partial correlation could have missed: the size found in four of five populations, by Fisher's z.
    private static func power(_ found: GroupedCorrelations) -> Prose? {
        guard let degrees = found.rows.compactMap({ try? $0.given.outcome.get().degreesOfFreedom }).max(),
            let size = detectableCorrelation(count: degrees + 2)
        else { return nil }
        return """
            A partial correlation of ±\(NumberFormat.fixed(2).string(size)) would be found at 5 % in four of five such \
            populations; a smaller one may well be there and not show.
            """
    }

    /// The target, and what training took, in each group: medians, which a network that diverged does not move.
    private static func medians(_ grouping: Grouping, _ population: Population, target: String) -> Table {
        let columns = [target] + ["train_loss", "epochs"].filter { $0 != target && population.columns.contains($0) }
        var table = Table(
            [.init(grouping.name), .init("n")]
                + columns.map { Table.Column("median \($0)", format: .significant(4)) })
        // A hyperparameter is a key of a column, which SQL says in many ways; the regime is one of its own.
        if grouping.name == "regime", population.restriction == nil {
            let medians = columns.map { "median(\($0))" }.joined(separator: ", ")
            table.query =
                .query("regime, count(*) AS n, \(medians)", from: "models", of: [population.study.name])
                + " AND variant IS NULL GROUP BY regime"
        }
        for label in grouping.distinctLabels {
            let rows = grouping.rows(of: label)
            table.append(
                [.text(label), .integer(rows.count)]
                    + columns.map { Cell(quantile(0.5, of: population.values($0, rows: rows).compactMap(\.self))) })
        }
        return table
    }

    /// Welch's test where there are two groups.
    private static func comparison(_ grouping: Grouping, _ population: Population, target: String) -> [Block] {
        let labels = grouping.distinctLabels
        guard labels.count == 2 else { return [] }
        let groups = labels.map { population.values(target, rows: grouping.rows(of: $0)) }
        switch welchTest(groups[1], groups[0]) {
        case .failure(let undefined):
            return [
                .paragraph(
                    "\(code: target) of \(labels[1]) and \(labels[0]) cannot be compared by Welch's test: \(undefined)")
            ]
        case .success(let test):
            let text = NumberFormat.significant(3)
            return [
                .paragraph(
                    """
                    \(code: target) of \(labels[1]) less that of \(labels[0]): \(text.string(test.difference)), 95 % \
                    interval \(text.string(test.interval.lower)) to \(text.string(test.interval.upper)) (Welch's t = \
                    \(text.string(test.t)) on \(text.string(test.degreesOfFreedom)) degrees of freedom, p = \
                    \(NumberFormat.significant(2).string(test.pValue))).
                    """)
            ]
        }
    }

    /// A measure a row, a grouping a column.
    private static func table(_ found: [GroupedCorrelations]) -> Table {
        var table = Table(
            ["measure", Table.Column("raw", format: .fixed(2))]
                + found.map { Table.Column("within \($0.grouping.name)", format: .fixed(2)) }
                + [Table.Column("within \(found[0].grouping.name), in words")])
        for row in found[0].rows {
            let others = found.map { grouped in grouped.rows.first { $0.measure == row.measure } }
            table.append(
                [.text(row.measure), Cell(row.raw.estimate, because: row.raw.reason)]
                    + others.map { Cell($0?.given.estimate, because: $0?.given.reason) }
                    + [.text(row.outcome.words)])
        }
        return table
    }
}
