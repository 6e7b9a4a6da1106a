import Analysis
import Results
import Statistics
import Typography

extension ReportSection {
    /// Each measure judged as a predictor: one line each, then the numbers behind it.
    static func verdicts(_ verdicts: StudyVerdicts, _ clusters: MeasureClusters) -> ReportSection {
        guard !verdicts.rows.isEmpty else { return ReportSection() }
        let (tried, tested) = (verdicts.rows.first?.verdict.tried ?? 0, verdicts.rows.first?.verdict.tested ?? 0)
        let untested = tried == tested ? "" : ", \(tested) of them have a correlation"
        let words = Verdict.Word.allCases.compactMap { word -> Prose? in
            let names = verdicts.rows.filter { $0.verdict.word == word }.map(\.verdict.measure)
            return names.isEmpty ? nil : "\(strong: word.rawValue): \(witnesses(names, clusters))"
        }
        let lead: [Block] = [
            .heading(2, "Verdicts"),
            .paragraph(
                """
                Does a measure predict \(code: verdicts.target)? Of \(verdicts.rows.count) columns, \(tried) read \
                nothing that they would have to predict and were tried\(untested); p is corrected for \(tested) \
                (Westfall and Young; Holm's beside it). Measures joined by ~ rank alike, and are one witness.
                """),
        ]
        return ReportSection(
            lead + (words.isEmpty ? [] : [.list(words)]) + [
                .paragraph("Each in one line:"),
                .list(verdicts.rows.map { "\(code: $0.verdict.measure): \($0.prose)." }),
                .table(verdicts.table), .paragraph(held(verdicts)), .note(meanings),
            ])
    }

    /// Names in their order, those of a cluster drawn to the first of it.
    private static func witnesses(_ names: [String], _ clusters: MeasureClusters) -> Prose {
        var groups: [(cluster: String?, names: [Prose])] = []
        for name in names {
            let cluster = clusters.cluster(of: name)?.name
            if let place = groups.firstIndex(where: { $0.cluster != nil && $0.cluster == cluster }) {
                groups[place].names.append("\(code: name)")
            } else {
                groups.append((cluster, ["\(code: name)"]))
            }
        }
        return groups.map { $0.names.joined(separator: " ~ ") }.joined(separator: ", ")
    }

    private static func held(_ verdicts: StudyVerdicts) -> Prose {
        let design: Prose? =
            verdicts.design.isEmpty ? nil : "the design (\(verdicts.design.joined(separator: ", ")))"
        let names = verdicts.confounders.map { "\(code: $0)" as Prose }.joined(separator: ", ")
        let confounders: Prose? =
            names.isEmpty ? nil : "\(names)\(design == nil ? "" : ", each with the design")"
        let conditions = [design, confounders].compactMap(\.self).joined(separator: "; ")
        guard !conditions.isEmpty else { return "Nothing was there to be held fixed.\(noise(in: verdicts))" }
        let same = verdicts.duplicates.map {
            " \(code: $0.name) orders all networks as \(code: $0.sameAs) does." as Prose
        }
        let open: Prose =
            verdicts.holdsConfigurations || verdicts.design.isEmpty
            ? ""
            : """
             Too few networks repeat a configuration to hold whole configurations fixed: their main effects are, and \
            what these leave out cannot be excluded.
            """
        return """
            Held fixed: \(conditions); then all at once. The design was decided before training, the columns came \
            about in it. \(code: "given") is the condition that the measure survives \
            least.\(same.joined(separator: ""))\(open)\(noise(in: verdicts))
            """
    }

    /// How far the target is its own sampling error, over all networks and within the design.
    private static func noise(in verdicts: StudyVerdicts) -> Prose {
        guard let row = verdicts.rows.first(where: { $0.targetReliability != nil }), let all = row.targetReliability
        else { return "" }
        func share(_ reliability: Reliability) -> String { NumberFormat.fixed(2).string(reliability.value) }
        let within: Prose
        if let beside = row.targetReliabilityWithin, !verdicts.design.isEmpty, beside.value > 0 {
            within = """
                , \(share(beside)) with the design held fixed, where without that error correlations would be about \
                \(NumberFormat.fixed(2).string(1 / beside.value.squareRoot())) times as large
                """
        } else {
            within = ""
        }
        return " The reliability of \(code: verdicts.target), by its test points' halves, is \(share(all))\(within)."
    }

    /// What each verdict's word says.
    private static let meanings: Prose = """
        \(emphasis: "supported"): the rank correlation stands (corrected p below 0.05); with every condition held \
        fixed, the design as categories and columns as curves of their ranks, it has the same sign, a p below 0.05 and \
        at least half the size, or has lost no more than chance takes; and it would if those columns had a reliability \
        of 0.9. \(emphasis: "fragile"): all but the last. \(emphasis: "masked"): it shows only with a condition held \
        fixed, after correction over measures and conditions. \(emphasis: "open"): it stands, and what could refute it \
        could not be tried, or cannot be told. \(emphasis: "unstable"): it stands, but a condition weakens it, its \
        interval includes 0, or configurations contradict each other. \(emphasis: "confounded"): less than half of it \
        is left under some condition, and that is not told from nothing, or has the other sign. \
        \(emphasis: "undetectable at this n"): it does not stand; \(code: "detectable") is the size that four of five \
        such studies would find. \(emphasis: "not a predictor"): it reads unseen labels. \(code: "given_rho") is the \
        partial correlation with columns as lines, \(code: "given_curved") with curves, which decides. \
        \(code: "least_reliability") is the noise in those columns that a correlation bears, \(code: "unmeasured") how \
        many times as strong as the strongest of them an unmeasured one would have to be to take it away, \
        \(code: "before_training") the word if only the design is held fixed. \(code: "gain") is what the measure \
        adds to the cross-validated share of the target's rank variance that the baseline predicts. A confounder that \
        was not measured is not held fixed, and one that the measure itself causes may be: the words are about \
        correlation.
        """
}
