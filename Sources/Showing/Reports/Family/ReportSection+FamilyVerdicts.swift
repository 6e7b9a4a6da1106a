import Analysis
import Results
import Statistics
import Typography

extension ReportSection {
    /// Every measure's verdict in every study.
    static func verdicts(_ family: StudyFamily) throws -> ReportSection {
        let verdicts = try family.members.map { try StudyVerdicts(of: $0) }
        let predictors = verdicts.flatMap {
            $0.rows.filter { $0.verdict.word != .notAPredictor }.map(\.verdict.measure)
        }
        var measures: [String] = []
        for name in family.members.flatMap(\.columns) where predictors.contains(name) && !measures.contains(name) {
            measures.append(name)
        }
        guard !measures.isEmpty else { return ReportSection() }
        var table = Table(["measure"] + family.members.map { Table.Column($0.study.name, alignment: .left) })
        for measure in measures {
            table.append(
                [.text(measure)]
                    + verdicts.map { verdicts in
                        guard let row = verdicts.rows.first(where: { $0.verdict.measure == measure }) else {
                            return .missing
                        }
                        return Cell(row.verdict.word.map { text($0, row.verdict) }, because: row.verdict.raw.reason)
                    })
        }
        return ReportSection([
            .heading(2, "Verdicts"),
            .paragraph(
                """
                Each measure as a predictor of the study's target: its verdict, the raw rank correlation, and the \
                partial one under the condition that it survives least. The reports of the studies have the rule and \
                all conditions.
                """),
            .table(table),
        ])
    }

    private static func text(_ word: Verdict.Word, _ verdict: Verdict) -> String {
        let raw = verdict.raw.estimate.map { signed($0, digits: 2) } ?? ""
        guard let hardest = verdict.hardest else { return "\(word.rawValue): \(raw)" }
        let given = hardest.value.map { signed($0, digits: 2) } ?? "nothing left"
        return "\(word.rawValue): \(raw), \(given) given \(hardest.condition)"
    }
}
