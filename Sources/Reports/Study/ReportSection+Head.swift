import Results
import Statistics

extension ReportSection {
    /// Title, source, size, and in a few sentences what came out.
    static func head(_ population: Population, _ correlations: MeasureCorrelations) -> ReportSection {
        let study = population.study
        var lines = ["# \(study.title.isEmpty ? study.name : study.title)", ""]
        if !study.source.isEmpty { lines += ["Source: \(study.source).", ""] }
        let copies = (population.copies.isEmpty ? "" : ", with \(population.copies.count) variants")
            + (population.repeats == 0 ? "" : ", \(population.repeats) more that repeat one of them and count once")
        lines.append(
            "\(population.models.count) trained networks of \(population.planned), "
                + "\(population.failed.count) failed\(copies); study `\(study.name)`, "
                + "version \(study.version), digest `\(study.digest.prefix(12))`. The target is `\(correlations.target)`.")
        lines += ["", "    basin run \(study.name)", "    basin report \(study.name)", ""]
        let sentences = correlations.rows.filter(\.mayPredict).compactMap(sentence)
        guard !sentences.isEmpty else { return ReportSection(lines) }
        lines.append("## What came out")
        lines.append("")
        lines.append(
            "Spearman's rank correlation with `\(correlations.target)`, for each measure that does not read unseen labels, the "
                + "strongest first. p is two-sided; the corrected p is Holm's over these \(sentences.count) measures; the "
                + "interval is a \(correlations.intervalText).")
        lines.append("")
        lines += sentences.sorted { $0.strength > $1.strength }.map { "- \($0.text)" }
        return ReportSection(lines)
    }

    private static func sentence(_ row: MeasureCorrelations.Row) -> (strength: Double, text: String)? {
        guard let rho = row.correlation.estimate, let p = row.correlation.pValue else { return nil }
        let interval = row.correlation.shownInterval.map {
            ", interval \(signed($0.bounds.lower)) to \(signed($0.bounds.upper))"
        }
        let corrected = row.holmPValue.map { ", corrected \(NumberFormat.significant(2).string($0))" }
        // The t distribution behind p is no guide to a handful of networks.
        let verdict = row.correlation.count < 10
            ? "too few networks for a verdict"
            : "\((row.holmPValue ?? 1) < 0.05 ? "stands" : "does not stand") at 5 % among the measures tried"
        return (
            abs(rho),
            "`\(row.measure)`: rho = \(signed(rho))\(interval ?? ""); p = \(NumberFormat.significant(2).string(p))"
                + "\(corrected ?? ""): \(verdict)."
        )
    }

    /// A coefficient with its sign: +0.374.
    static func signed(_ value: Double) -> String {
        let text = NumberFormat.fixed(3).string(value)
        return value > 0 && text.contains(where: { $0 != "0" && $0 != "." }) ? "+\(text)" : text
    }
}
