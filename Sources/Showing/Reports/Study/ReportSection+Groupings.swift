import Analysis
import Foundation
import Statistics
import Typography

extension ReportSection {
    /// More groups than this make no table that a person reads.
    private static let mostGroups = 12

    /// For each grouping: what the groups are like, and whether correlations belong to the networks or to the
    /// difference between the groups.
    static func groupings(_ population: Population, target: String) throws -> ReportSection {
        let shown = population.groupings.filter { grouping in
            let labels = grouping.distinctLabels
            return labels.count <= mostGroups && labels.contains { grouping.rows(of: $0).count >= 3 }
        }
        let blocks = try shown.flatMap { try self.grouping($0, population, target: target) }
        return ReportSection(try configuration(population, target: target) + blocks)
    }

    /// Raw correlations beside those with the whole configuration held fixed: what tells networks apart that were
    /// trained alike.
    private static func configuration(_ population: Population, target: String) throws -> [Block] {
        guard let whole = population.configuration else { return [] }
        let found = try GroupedCorrelations(of: population, by: whole, target: target)
        guard !found.rows.isEmpty else { return [] }
        let names = population.groupings.map { "\(code: $0.name)" as Prose }.joined(separator: ", ")
        return [
            .heading(2, "Within configurations"),
            .paragraph(
                """
                The study varies \(names): \(found.labels.count) configurations. Holding one of these fixed, as the \
                sections below do, still mixes the others; here all are, so that only networks that were trained alike \
                are compared.
                """),
            .table(table(found, showsGroups: false)),
        ] + reading(found, whole.name)
    }

    private static func grouping(_ grouping: Grouping, _ population: Population, target: String) throws -> [Block] {
        let found = try GroupedCorrelations(of: population, by: grouping, target: target)
        let blocks: [Block] =
            [
                .heading(2, "Groups by \(grouping.name)"), .table(means(grouping, population, target: target)),
                .paragraph("Mean ± standard deviation over the networks of a group."),
            ] + comparison(grouping, population, target: target)
        guard !found.rows.isEmpty else { return blocks }
        return blocks + [
            .paragraph(
                """
                Rank correlation with \(code: target): raw over all networks, within each group, and given \
                \(code: grouping.name) (partial, the groups' mean ranks taken out).
                """),
            .table(table(found)),
        ] + reading(found, grouping.name)
    }

    /// The correlations in words, how these are found, and what they could have missed.
    private static func reading(_ found: GroupedCorrelations, _ name: String) -> [Block] {
        let sentences = found.rows.compactMap { row in
            row.words(name).map { "\(code: row.measure): \($0)." as Prose }
        }
        return (sentences.isEmpty ? [] : [.list(sentences)]) + [.note(rule)]
            + (power(found).map { [.note($0)] } ?? [])
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

    private static func means(_ grouping: Grouping, _ population: Population, target: String) -> Table {
        let labels = grouping.distinctLabels
        let columns = [target] + population.columns.filter { $0 != target }
        var table = Table(
            ["measure"]
                + labels.map {
                    Table.Column("\($0) (\(grouping.rows(of: $0).count))", alignment: .right)
                })
        for column in columns {
            table.append(
                [.text(column)]
                    + labels.map { label in
                        Cell(Summary(population.values(column, rows: grouping.rows(of: label)))?.text)
                    })
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

    private static func table(_ found: GroupedCorrelations, showsGroups: Bool = true) -> Table {
        let name = found.grouping.name
        var table = Table(
            [
                "measure", "n", Table.Column("raw rho", format: .fixed(3)),
                Table.Column("p, corrected", format: .significant(2)),
            ]
                + (showsGroups ? found.labels : []).map {
                    Table.Column("\($0) (\(found.grouping.rows(of: $0).count))", format: .fixed(3))
                }
                + [
                    Table.Column("given \(name)", format: .fixed(3)), Table.Column("p", format: .significant(2)),
                    "what is left",
                ])
        for row in found.rows {
            let raw: [Cell] = [
                .text(row.measure), .integer(row.raw.count), Cell(row.raw.estimate, because: row.raw.reason),
                Cell(row.rawCorrected),
            ]
            let within = (showsGroups ? row.within : []).map { Cell($0.estimate, because: $0.reason) }
            table.append(
                raw + within + [
                    Cell(row.given.estimate, because: row.given.reason), Cell(row.given.pValue), .text(row.outcomeText),
                ])
        }
        return table
    }
}
