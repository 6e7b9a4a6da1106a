import Analysis
import Measures
import Statistics

extension ReportSection {
    /// How each measure ranks a lab's models, beside the target: for one study or several.
    ///
    /// A lab's models are chosen, not drawn at random: there is no population that a p value or a verdict would be
    /// about.
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
                let isSame = isRounding(try member.values(column).compactMap(\.self))
                table.append([
                    .text(member.study.name), .text(target), .text(column), .integer(correlation.count),
                    isSame
                        ? .missing("It is the same in all models, or 0, but for rounding.")
                        : Cell(correlation.estimate, because: correlation.reason),
                ])
            }
        }
        guard !table.rows.isEmpty else { return ReportSection() }
        return ReportSection([
            .heading(2, "How flatness ranks the models"),
            .note(
                """
                Spearman's rho of each measure of sharpness, and of the empirical risk, with the study's target over \
                all models that have both, whatever settings they differ in. Where the target is a risk, a positive \
                rho of a sharpness says that what is sharper is worse. A lab's models are chosen, not drawn: rho tells \
                how these are ranked, another choice may turn it, and a p value or a verdict would be about the choice.
                """),
            .table(table),
            .command([
                "basin correlate \(members.first?.study.name.shellWord ?? "STUDY")\(members.first?.whereOption ?? "")"
            ]),
        ])
    }

    /// Values that differ in their last bits alone, or are 0 in float64 after squaring.
    private static func isRounding(_ values: [Double]) -> Bool {
        guard let low = values.min(), let high = values.max() else { return false }
        let size = max(abs(low), abs(high))
        return size <= 1e-15 || high - low <= 1e-9 * size
    }
}

extension Population {
    /// Whether a column says something of how flat a model is, or is the empirical risk, and knows nothing that it
    /// would have to predict.
    fileprivate func isFlatness(_ column: String) -> Bool {
        guard let about = about(column), about.mayPredict else { return false }
        return about.family != "optimisation"
    }
}
