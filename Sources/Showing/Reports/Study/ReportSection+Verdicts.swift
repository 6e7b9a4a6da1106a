import Analysis
import Results
import Statistics

extension ReportSection {
    /// Each measure judged as a predictor: one line each, then the numbers behind it.
    static func verdicts(_ verdicts: Verdicts) -> ReportSection {
        guard !verdicts.rows.isEmpty else { return ReportSection([]) }
        let (tried, tested) = (verdicts.rows.first?.verdict.tried ?? 0, verdicts.rows.first?.verdict.tested ?? 0)
        let untested = tried == tested ? "" : ", \(tested) of them have a correlation"
        var lines = [
            "## Verdicts", "",
            "Does a measure predict `\(verdicts.target)`? Of \(verdicts.rows.count) columns, \(tried) read nothing that they would "
                + "have to predict and were tried\(untested); p is corrected for \(tested) (Holm).",
            "",
        ]
        lines += Verdict.Word.allCases.compactMap { word in
            let names = verdicts.rows.filter { $0.verdict.word == word }.map { "`\($0.verdict.measure)`" }
            return names.isEmpty ? nil : "- **\(word.rawValue)**: \(names.joined(separator: ", "))"
        }
        lines += ["", "Each in one line:", ""]
        lines += verdicts.rows.map { "- `\($0.verdict.measure)`: \($0.markdownSentence)." }
        lines += ["", verdicts.table.render(.markdown), held(verdicts), "", words]
        return ReportSection(lines)
    }

    private static func held(_ verdicts: Verdicts) -> String {
        let design = verdicts.design.isEmpty ? nil : "the design (\(verdicts.design.joined(separator: ", ")))"
        let confounders = verdicts.confounders.map { "`\($0)`" }.joined(separator: ", ")
        let conditions = [
            design, confounders.isEmpty ? nil : "\(confounders)\(design == nil ? "" : ", each with the design")",
        ]
        .compactMap(\.self).joined(separator: "; ")
        return conditions.isEmpty
            ? "Nothing was there to be held fixed."
            : "Held fixed: \(conditions); then all at once. `given` is the one that the measure survives least."
    }

    private static let words =
        "*supported*: the rank correlation stands (corrected p below 0.05), and with every condition held fixed the partial one has "
        + "the same sign, a p below 0.05 and at least half the size, or has lost no more than chance takes. *confounded*: less than half "
        + "of it is left under some condition, and that is not told from nothing. *unstable*: it stands, but a condition weakens it or "
        + "leaves open whether it survives, its interval includes 0, or configurations contradict each other; or it stands only with "
        + "the design held fixed. *undetectable at this n*: it does not stand; `detectable` is the size that four of five such studies "
        + "would find. *not a predictor*: it reads unseen labels. `gain` is what the measure adds to the cross-validated share of the "
        + "target's rank variance that the baseline predicts. A confounder that was not measured is not held fixed, and one that the "
        + "measure itself causes may be: the words are about correlation."
}
