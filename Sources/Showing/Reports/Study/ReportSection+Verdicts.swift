import Analysis
import Plots
import Results
import Statistics
import Typography

extension ReportSection {
    /// What was found, in a sentence.
    static func finding(_ verdicts: StudyVerdicts, _ population: Population) -> ReportSection {
        ReportSection(verdicts.finding(of: population).map { [.paragraph($0)] } ?? [])
    }

    /// Each measure judged as a predictor: a picture, then the numbers behind it.
    static func verdicts(
        _ verdicts: StudyVerdicts, _ clusters: MeasureClusters, of population: Population
    ) -> ReportSection {
        guard !verdicts.rows.isEmpty else { return ReportSection() }
        let predictors = verdicts.rows.filter { population.mayPredict($0.verdict.measure) }
        let others = verdicts.rows.filter { !population.mayPredict($0.verdict.measure) }
        var blocks: [Block] = [.heading(2, "Verdicts")]
        if !predictors.isEmpty {
            let title = "Rank correlation with \(verdicts.target)"
            let plot = RankingPlot(
                title: title,
                correlations: predictors.map { row in
                    let verdict = row.verdict
                    return (
                        verdict.measure, verdict.raw, nil,
                        .init(
                            word: verdict.word?.rawValue ?? "no verdict", tone: verdict.word?.tone ?? .nothing,
                            left: verdict.hardest?.value)
                    )
                })
            blocks.append(
                .picture(
                    .ranking,
                    saying: """
                        \(title): each measure over all networks, and under the condition that decides its verdict, \
                        which stands beside it
                        """, plot))
            blocks.append(.table(table(predictors, design: verdicts.design).asked(query(population))))
        }
        if !others.isEmpty {
            blocks.append(
                .folded(
                    """
                    \(others.count) \(others.count == 1 ? "column reads" : "columns read") unseen labels and cannot be \
                    predictors
                    """,
                    [.table(table(others, design: verdicts.design))]))
        }
        let witnesses = witnesses(predictors.map(\.verdict.measure), clusters)
        if !witnesses.isEmpty {
            blocks.append(
                .paragraph("One witness each, as they rank alike: \(witnesses.joined(separator: "; ")).")
            )
        }
        blocks.append(.paragraph(held(verdicts)))
        blocks.append(.folded("What the words and columns mean", [.note(meanings)]))
        blocks.append(.command(["basin verdict \(population.study.name.shellWord)\(population.whereOption)"]))
        return ReportSection(blocks)
    }

    /// Nil where a condition selected the networks: the file keeps the verdicts on all.
    private static func query(_ population: Population) -> String? {
        population.restriction == nil
            ? .query(
                "measure, verdict, rho, low, high, p_westfall_young, given, given_curved_rho, given_curved_p_value",
                from: "verdict", of: [population.study.name])
            : nil
    }

    /// The numbers of a report; a command has them all.
    private static func table(_ rows: [StudyVerdicts.Row], design: [String]) -> Table {
        var table = Table([
            "measure", "verdict", .init("rho", format: .fixed(2)), .init("low", format: .fixed(2)),
            .init("high", format: .fixed(2)), .init("p", format: .significant(2)),
            .init("left", format: .fixed(2)), .init("p left", format: .significant(2)), "why",
        ])
        for row in rows {
            let verdict = row.verdict
            let bounds = verdict.raw.shownInterval?.bounds
            table.append([
                .text(verdict.measure), .strong(verdict.word?.rawValue ?? "–"), Cell(verdict.raw.estimate),
                Cell(bounds?.lower), Cell(bounds?.upper), Cell(verdict.correctedPValue ?? verdict.raw.pValue),
                Cell(verdict.hardest?.value), Cell(verdict.hardest?.pValue), .text(row.why(design: design)),
            ])
        }
        return table
    }

    /// Names of measures that rank alike, cluster by cluster.
    private static func witnesses(_ names: [String], _ clusters: MeasureClusters) -> [Prose] {
        let groups = Dictionary(grouping: names) { clusters.cluster(of: $0)?.name ?? "" }
        return groups.filter { !$0.key.isEmpty && $0.value.count > 1 }.sorted { $0.key < $1.key }
            .map { $0.value.map { "\(code: $0)" as Prose }.joined(separator: " ~ ") }
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
            about in it.\(same.joined(separator: ""))\(open)\(noise(in: verdicts))
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
        \(emphasis: "undetectable at this n"): it does not stand. \(emphasis: "not a predictor"): it reads \
        unseen labels. \(code: "rho") is over all networks, from \(code: "low") to \(code: "high") its 95 % interval, \
        \(code: "p") corrected over the measures that were tried (Westfall and Young; as it is for what is no \
        predictor). \(code: "left") is what is left given curves of the condition that the measure bears least, of a \
        masked one what shows under the condition that shows it, \(code: "p left") its p. A confounder that was not \
        measured is not held fixed, and one that the measure itself causes may be: the words are about \
        correlation.
        """
}
