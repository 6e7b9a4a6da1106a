import Analysis
import Results

extension ReportSection {
    /// Title, the studies, and what differs between them.
    static func head(_ family: StudyFamily, name: String) -> ReportSection {
        let isOfLab = family.members.allSatisfy { !$0.isSample }
        // Experiments share few of their settings; one that not all have tells nothing apart.
        let differences = family.differences.filter { !isOfLab || !$0.texts.contains(nil) }
        var table = Table(
            ["study", "version", Table.Column(isOfLab ? "models" : "networks"), "planned", "failed"]
                + differences.map { Table.Column($0.name) })
        for (index, member) in family.members.enumerated() {
            table.append(
                [
                    .text(member.study.name), .integer(member.study.version), .integer(member.models.count),
                    .integer(member.planned), .integer(member.failed.count),
                ] + differences.map { Cell($0.texts[index]) })
        }
        var sources: [String] = []
        for member in family.members where !member.study.source.isEmpty && !sources.contains(member.study.source) {
            sources.append(member.study.source)
        }
        var lines = ["# \(name): \(family.members.count) studies side by side", ""]
        // A lab's experiments have theirs, further down.
        if !sources.isEmpty, !isOfLab { lines += ["Source: \(sources.joined(separator: "; ")).", ""] }
        lines += [table.render(.markdown)]
        let within = family.regimes.isEmpty ? "a study" : "a study, or within each of its regimes,"
        lines.append(
            differences.isEmpty
                ? "No hyperparameter that is the same within \(within) tells these studies apart."
                : "The columns behind `failed` are what is the same within \(within) but not in all studies. Each study has a "
                    + "report of its own.")
        if isOfLab {
            let names = family.members.map(\.study.name).joined(separator: " ")
            lines += ["", "    for study in \(names); do basin run $study; done"]
        }
        return ReportSection(lines)
    }

    /// What the studies' targets are, where that is not one that all have.
    static func targets(_ family: StudyFamily, judged: [Population]) -> ReportSection {
        var lines: [String] = []
        let targets = Set(family.members.map(\.study.target)).sorted()
        if targets.count > 1 {
            let parts = targets.map { target in
                let studies = family.members.filter { $0.study.target == target }.map { "`\($0.study.name)`" }
                return "`\(target)` (\(studies.joined(separator: ", ")))"
            }
            lines.append(
                "The studies have different targets: \(parts.joined(separator: "; ")). Correlations are about each study's own, so they do "
                    + "not compare from study to study.")
        }
        let others = family.members.filter { member in !judged.contains { $0.study.id == member.study.id } }
        if !others.isEmpty {
            let names = others.map { "`\($0.study.name)` (`\($0.study.target)`)" }.joined(separator: ", ")
            lines.append("No model has a value of the target in \(names): without verdicts and correlations here.")
        }
        return ReportSection(lines.isEmpty ? [] : [lines.joined(separator: " ")])
    }

    /// In how many studies each measure's correlation counts, raw and within regimes, and where the two disagree.
    static func findings(_ correlations: FamilyCorrelations) -> ReportSection {
        let lines = correlations.measures.compactMap { measure -> String? in
            let judged = measure.entries.filter { $0.outcome != nil && $0.outcome != .undefined }
            guard !judged.isEmpty else { return nil }
            func studies(_ outcomes: [GroupedCorrelations.Outcome]) -> [String] {
                judged.filter { entry in outcomes.contains { $0 == entry.outcome } }
                    .map { "`\(correlations.family.members[$0.member].study.name)`" }
            }
            let raw = studies([.fromTheGroups, .reversed, .holds, .open]).count
            var text =
                "- `\(measure.name)`\(measure.mayPredict ? "" : " (reads unseen labels: no predictor)"): "
                + "the raw correlation counts in \(raw) of \(judged.count) studies"
            let parts: [(outcome: GroupedCorrelations.Outcome, words: String)] = [
                (.fromTheGroups, "comes from the difference between the regimes in"),
                (.reversed, "turns its sign within the regimes in"), (.holds, "holds within the regimes in"),
                (.open, "may or may not hold within the regimes in"),
            ]
            let clauses = parts.compactMap { part -> String? in
                let names = studies([part.outcome])
                return names.isEmpty ? nil : "\(part.words) \(names.count) (\(names.joined(separator: ", ")))"
            }
            if !clauses.isEmpty { text += "; it " + clauses.joined(separator: ", ") }
            text += "."
            let masked = studies([.masked])
            if !masked.isEmpty {
                text += " Only within the regimes does one show in \(masked.count) (\(masked.joined(separator: ", ")))."
            }
            return text
        }
        guard !lines.isEmpty else { return ReportSection([]) }
        return ReportSection(
            [
                "## Raw correlations and those within regimes", "",
                "Spearman's rank correlation with \(correlations.targetInMarkdown) over all networks of a study, against the partial one "
                    + "given the regime.",
                "",
            ] + lines + ["", rule])
    }
}
