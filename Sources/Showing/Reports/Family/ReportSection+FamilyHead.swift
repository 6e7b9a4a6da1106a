import Analysis
import Results

extension ReportSection {
    /// Title, the studies, and what differs between them.
    static func head(_ family: StudyFamily, name: String) -> ReportSection {
        let areChosen = !family.hasSample
        let restriction = RestrictionText(of: family.members)
        // Experiments share few of their settings; one that not all have tells nothing apart.
        let differences = family.differences.filter { !areChosen || !$0.texts.contains(nil) }
        var table = Table(
            ["study", "version", Table.Column(areChosen ? "models" : "networks")]
                + (restriction == nil ? [] : ["selected from"]) + ["planned", "failed"]
                + differences.map { Table.Column($0.name) })
        for (index, member) in family.members.enumerated() {
            table.append(
                [
                    .text(member.study.name), .integer(member.study.version), .integer(member.models.count),
                ] + (member.restriction.map { [.integer($0.total)] } ?? []) + [
                    .integer(member.planned), .integer(member.failed.count),
                ] + differences.map { Cell($0.texts[index]) })
        }
        var sources: [String] = []
        for member in family.members where !member.study.source.isEmpty && !sources.contains(member.study.source) {
            sources.append(member.study.source)
        }
        let condition = restriction.map { ", where \(code: $0.condition)" as Prose } ?? ""
        var blocks: [Block] = [.heading(1, "\(name): \(family.members.count) studies side by side\(condition)")]
        // A lab's experiments have theirs, further down.
        if !sources.isEmpty, !areChosen {
            blocks.append(.paragraph("Source: \(authored: sources.joined(separator: "; "))."))
        }
        let within = family.regimes.isEmpty ? "a study" : "a study, or within each of its regimes,"
        blocks += [
            .table(table),
            .paragraph(
                differences.isEmpty
                    ? "No hyperparameter that is the same within \(within) tells these studies apart."
                    : """
                    The columns behind \(code: "failed") are what is the same within \(within) but not in all studies. \
                    Each study has a report of its own.
                    """),
        ]
        if areChosen {
            let names = family.members.map(\.study.name.shellWord).joined(separator: " ")
            blocks.append(.command(["for study in \(names); do basin run $study; done"]))
        }
        return ReportSection(blocks)
    }

    /// What the studies' targets are, where that is not one that all have.
    static func targets(_ family: StudyFamily, judged: [Population]) -> ReportSection {
        var sentences: [Prose] = []
        let targets = Set(family.members.map(\.study.target)).sorted()
        if targets.count > 1 {
            let parts = targets.map { target -> Prose in
                let studies = family.members.filter { $0.study.target == target }
                    .map { "\(code: $0.study.name)" as Prose }
                return "\(code: target) (\(studies.joined(separator: ", ")))"
            }
            sentences.append(
                """
                The studies have different targets: \(parts.joined(separator: "; ")). Correlations are about each \
                study's own, so they do not compare from study to study.
                """)
        }
        let others = family.members.filter { member in !judged.contains { $0.study.id == member.study.id } }
        if !others.isEmpty {
            let names = others.map { "\(code: $0.study.name) (\(code: $0.study.target))" as Prose }
            sentences.append(
                """
                No model has a value of the target in \(names.joined(separator: ", ")): without verdicts and \
                correlations here.
                """)
        }
        return ReportSection(sentences.isEmpty ? [] : [.paragraph(sentences.joined(separator: " "))])
    }

    /// In how many studies each measure's correlation counts, raw and within regimes, and where the two disagree.
    static func findings(_ correlations: FamilyCorrelations) -> ReportSection {
        let findings = correlations.measures.compactMap { finding($0, correlations) }
        guard !findings.isEmpty else { return ReportSection() }
        let target: Prose = correlations.sharedTarget.map { "\(code: $0)" } ?? "the study's target"
        return ReportSection([
            .heading(2, "Raw correlations and those within regimes"),
            .paragraph(
                """
                Spearman's rank correlation with \(target) over all networks of a study, against the partial one given \
                the regime.
                """),
            .list(findings), .note(rule),
        ])
    }

    /// Nil where no study has a correlation of it.
    private static func finding(_ measure: FamilyCorrelations.Measure, _ correlations: FamilyCorrelations) -> Prose? {
        let judged = measure.entries.filter { $0.outcome != nil && $0.outcome != .undefined }
        guard !judged.isEmpty else { return nil }
        func studies(_ outcomes: [GroupedCorrelations.Outcome]) -> [Prose] {
            judged.filter { entry in outcomes.contains { $0 == entry.outcome } }
                .map { "\(code: correlations.family.members[$0.member].study.name)" }
        }
        let raw = studies([.fromTheGroups, .weakened, .reversed, .holds, .open]).count
        var text: Prose = """
            \(code: measure.name)\(measure.mayPredict ? "" : " (reads unseen labels: no predictor)"): the raw \
            correlation counts in \(raw) of \(judged.count) studies
            """
        let parts: [(outcome: GroupedCorrelations.Outcome, words: String)] = [
            (.fromTheGroups, "comes from the difference between the regimes in"),
            (.weakened, "is less than half within the regimes in"), (.reversed, "turns its sign within the regimes in"),
            (.holds, "holds within the regimes in"),
            (.open, "may or may not hold within the regimes in"),
        ]
        let clauses = parts.compactMap { part -> Prose? in
            let names = studies([part.outcome])
            return names.isEmpty ? nil : "\(part.words) \(names.count) (\(names.joined(separator: ", ")))"
        }
        if !clauses.isEmpty { text += "; it \(clauses.joined(separator: ", "))" }
        text += "."
        let masked = studies([.masked])
        if !masked.isEmpty {
            text += " Only within the regimes does one show in \(masked.count) (\(masked.joined(separator: ", ")))."
        }
        return text
    }
}
