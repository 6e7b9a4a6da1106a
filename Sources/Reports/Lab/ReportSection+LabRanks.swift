import Measures
import Statistics

extension ReportSection {
    /// How each measure ranks a lab's models, beside the target: for one study or several.
    ///
    /// A lab's models are chosen, not drawn at random: there is no population that a p value or a verdict would be about.
    ///
    /// - Throws: `UnknownColumn` when a study's target was not measured.
    static func labRanks(_ members: [Population]) throws -> ReportSection {
        var table = Table([
            "study", "target", "measure", Table.Column("models"), Table.Column("rho", format: .fixed(3)),
        ])
        for member in members {
            let target = member.study.target
            for column in member.columns where column != target && member.isFlatness(column) {
                let correlation = try member.correlation(column, target, bootstrap: nil)
                table.append([
                    .text(member.study.name), .text(target), .text(column), .integer(correlation.count),
                    Cell(correlation.estimate, because: correlation.reason),
                ])
            }
        }
        guard !table.rows.isEmpty else { return ReportSection([]) }
        return ReportSection([
            "## How flatness ranks the models", "",
            "Spearman's rho of each measure of sharpness, and of the empirical risk, with the study's target over all models that "
                + "have both. A positive one with a risk says that what is sharper is worse. A lab's models are chosen, not drawn: rho "
                + "tells how these are ranked, and a p value or a verdict would be about the choice.",
            "", table.render(.markdown), "    basin correlate \(members.first?.study.name ?? "STUDY")",
        ])
    }

    /// What each experiment makes, and what cannot be concluded from it.
    static func experiments(_ members: [Population]) -> ReportSection {
        var lines: [String] = []
        for about in members.compactMap(\.experiment) where !lines.contains(where: { $0.contains("`\(about.id)`") }) {
            lines.append("- `\(about.id)`: \(about.title.lowercasedFirst). A model is \(about.model). \(about.limits) Source: \(about.source).")
        }
        guard !lines.isEmpty else { return ReportSection([]) }
        return ReportSection(
            ["## The experiments and their limits", ""] + lines + ["", "Settings and measures: `basin labs EXPERIMENT`."])
    }
}

extension Population {
    /// Whether a column says something of how flat a model is, or is the empirical risk, and knows nothing that it would have to
    /// predict.
    fileprivate func isFlatness(_ column: String) -> Bool {
        guard let about = about(column), about.mayPredict else { return false }
        return about.family != "optimisation"
    }
}

extension String {
    fileprivate var lowercasedFirst: String {
        // A name that is all capitals, as SAM, stays.
        guard let first, dropFirst().first?.isLowercase == true || dropFirst().first == " " else { return self }
        return first.lowercased() + dropFirst()
    }
}
