import Analysis
import Diagnostics
import Plots
import Statistics
import Typography

extension ReportSection {
    /// What was found in the studies, in a sentence.
    static func finding(_ verdicts: FamilyVerdicts) -> ReportSection {
        ReportSection(verdicts.finding.map { [.paragraph($0)] } ?? [])
    }

    /// Every measure's verdict in every study: a picture, then the numbers with what was held fixed.
    static func verdicts(_ verdicts: FamilyVerdicts) -> ReportSection {
        guard !verdicts.measures.isEmpty else { return ReportSection() }
        let names = verdicts.family.members.map(\.study.name)
        let targets = Set(verdicts.studies.map(\.target))
        let title = "Verdicts\(targets.count == 1 ? " on \(targets.first ?? "")" : ""), study by study"
        let map = VerdictMapPlot(
            title: title, rows: verdicts.measures, columns: names,
            cells: verdicts.measures.map { measure in
                names.indices.map { member in
                    verdicts.row(measure, in: member).flatMap { row in
                        row.verdict.word.map {
                            .init(
                                word: $0.shortName, tone: $0.tone, raw: row.verdict.raw.estimate,
                                left: row.verdict.hardest?.value)
                        }
                    }
                }
            })
        var table = Table([
            "measure", "study", "verdict", .init("n"), .init("rho", format: .fixed(2)),
            .init("p", format: .significant(2)), .init("left", format: .fixed(2)),
            .init("p left", format: .significant(2)), "why",
        ])
        for measure in verdicts.measures {
            for member in names.indices {
                guard let row = verdicts.row(measure, in: member) else { continue }
                let verdict = row.verdict
                table.append([
                    .text(measure), .text(names[member]),
                    verdict.word.map { .strong($0.rawValue) } ?? .missing(verdict.raw.reason ?? "No correlation."),
                    .integer(verdict.raw.count), Cell(verdict.raw.estimate),
                    Cell(verdict.correctedPValue ?? verdict.raw.pValue), Cell(verdict.hardest?.value),
                    Cell(verdict.hardest?.pValue), .text(row.why(design: verdicts.studies[member].design)),
                ])
            }
        }
        return ReportSection([
            .heading(2, "Verdicts"),
            .picture(.verdicts, saying: "\(title): the word of each measure in each study", map),
            .folded(
                "The same as a table, and why",
                [
                    .table(
                        table.asked(
                            verdicts.family.members.contains { $0.restriction != nil }
                                ? nil
                                : .query(
                                    "measure, study, verdict, n, rho, p_westfall_young, given_curved_rho",
                                    from: "verdict", of: names)))
                ]),
        ])
    }

    /// How the networks of all studies came out, in a line, and study by study where something is not well.
    static func health(_ family: StudyFamily) -> ReportSection {
        let members = family.members.compactMap { member in Health(of: member).map { (member, $0) } }
        guard !members.isEmpty else { return ReportSection() }
        let capped = members.filter { $1.overall.isMostlyCapped }.map { "\(code: $0.0.study.name)" as Prose }
        let warning: [Block] =
            capped.isEmpty
            ? []
            : [
                .paragraph(
                    """
                    \(strong: "Most networks ran into the cap of epochs") in \(capped.joined(separator: ", ")): they \
                    may differ in how far they came rather than in what they would have become.
                    """)
            ]
        let odd = members.filter { !$1.overall.isSound }
        let made = members.reduce(0) { $0 + $1.1.overall.made }
        let failed = members.reduce(0) { $0 + $1.1.overall.failed }
        let line: Prose =
            "\(counted(made, "network")) made, \(failed == 0 ? "none" : "\(failed)") failed. "
            + (odd.isEmpty
                ? "None is known to be at chance, stopped at the cap, or short of its goal."
                : "Something is not well in \(odd.count) of \(members.count) studies:")
        return ReportSection(
            warning + [.paragraph(line)]
                + (odd.isEmpty
                    ? []
                    : [.list(odd.map { "\(code: $0.study.name): \(HealthText($1, of: $0).summary)" })]))
    }
}
