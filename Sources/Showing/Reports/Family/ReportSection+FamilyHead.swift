import Analysis
import Results

extension ReportSection {
    /// Title and source.
    static func head(_ family: StudyFamily, name: String) -> ReportSection {
        let condition = RestrictionText(of: family.members).map { ", where \(code: $0.condition)" as Prose } ?? ""
        var sources: [String] = []
        for member in family.members where !member.study.source.isEmpty && !sources.contains(member.study.source) {
            sources.append(member.study.source)
        }
        let title: Prose = "\(name): \(family.members.count) studies side by side\(condition)"
        // A lab's experiments have theirs, further down.
        let isSourced = !sources.isEmpty && family.hasSample
        return ReportSection(
            [.heading(1, title)]
                + (isSourced ? [.paragraph("Source: \(authored: sources.joined(separator: "; ")).")] : []))
    }

    /// The studies, what differs between them, and the commands that make them and this report.
    static func studies(_ family: StudyFamily, name: String) -> ReportSection {
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
        let within = family.regimes.isEmpty ? "a study" : "a study, or within each of its regimes,"
        let names = family.members.map(\.study.name.shellWord).joined(separator: " ")
        let option = family.members.first?.whereOption ?? ""
        return ReportSection([
            .heading(2, "The studies"), .table(table),
            .paragraph(
                differences.isEmpty
                    ? "No hyperparameter that is the same within \(within) tells these studies apart."
                    : """
                    The columns behind \(code: "failed") are what is the same within \(within) but not in all studies. \
                    Each study has a report of its own.
                    """),
            .command([
                "for study in \(names); do basin run $study; done",
                "basin report \(names) --name \(name.shellWord)\(option)",
            ]),
        ])
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
}
