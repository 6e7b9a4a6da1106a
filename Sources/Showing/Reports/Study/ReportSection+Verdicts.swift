import Analysis
import Results
import Statistics

extension ReportSection {
    /// Each measure judged as a predictor: one line each, then the numbers behind it.
    static func verdicts(_ verdicts: StudyVerdicts) -> ReportSection {
        guard !verdicts.rows.isEmpty else { return ReportSection() }
        let (tried, tested) = (verdicts.rows.first?.verdict.tried ?? 0, verdicts.rows.first?.verdict.tested ?? 0)
        let untested = tried == tested ? "" : ", \(tested) of them have a correlation"
        let words = Verdict.Word.allCases.compactMap { word -> Prose? in
            let names = verdicts.rows.filter { $0.verdict.word == word }.map { "\(code: $0.verdict.measure)" as Prose }
            return names.isEmpty ? nil : "\(strong: word.rawValue): \(names.joined(separator: ", "))"
        }
        let lead: [Block] = [
            .heading(2, "Verdicts"),
            .paragraph(
                """
                Does a measure predict \(code: verdicts.target)? Of \(verdicts.rows.count) columns, \(tried) read \
                nothing that they would have to predict and were tried\(untested); p is corrected for \(tested) (Holm).
                """),
        ]
        return ReportSection(
            lead + (words.isEmpty ? [] : [.list(words)]) + [
                .paragraph("Each in one line:"),
                .list(verdicts.rows.map { "\(code: $0.verdict.measure): \($0.prose)." }),
                .table(verdicts.table), .paragraph(held(verdicts)), .note(meanings),
            ])
    }

    private static func held(_ verdicts: StudyVerdicts) -> Prose {
        let design: Prose? =
            verdicts.design.isEmpty ? nil : "the design (\(verdicts.design.joined(separator: ", ")))"
        let names = verdicts.confounders.map { "\(code: $0)" as Prose }.joined(separator: ", ")
        let confounders: Prose? =
            names.isEmpty ? nil : "\(names)\(design == nil ? "" : ", each with the design")"
        let conditions = [design, confounders].compactMap(\.self).joined(separator: "; ")
        return conditions.isEmpty
            ? "Nothing was there to be held fixed."
            : """
            Held fixed: \(conditions); then all at once. \(code: "given") is the one that the measure survives \
            least.
            """
    }

    /// What each verdict's word says.
    private static let meanings: Prose = """
        \(emphasis: "supported"): the rank correlation stands (corrected p below 0.05), and with every condition held \
        fixed the partial one has the same sign, a p below 0.05 and at least half the size, or has lost no more than \
        chance takes. \(emphasis: "confounded"): less than half of it is left under some condition, and that is not \
        told from nothing. \(emphasis: "unstable"): it stands, but a condition weakens it or leaves open whether it \
        survives, its interval includes 0, or configurations contradict each other; or it stands only with the design \
        held fixed. \(emphasis: "undetectable at this n"): it does not stand; \(code: "detectable") is the size that \
        four of five such studies would find. \(emphasis: "not a predictor"): it reads unseen labels. \(code: "gain") \
        is what the measure adds to the cross-validated share of the target's rank variance that the baseline \
        predicts. A confounder that was not measured is not held fixed, and one that the measure itself causes may be: \
        the words are about correlation.
        """
}
