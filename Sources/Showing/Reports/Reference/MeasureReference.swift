import Measures
import Parameters
import TheoryLabs

/// What all measures state of themselves, as a page: `docs/measures.md`.
public enum MeasureReference {
    /// The page as Markdown, made of the catalogues alone.
    public static func markdown() -> String {
        var lines = [
            "# Measures", "",
            "What each measure states of itself: `basin measures ID` prints one, and a study file names it by its id.",
            "Written by `basin measures --reference > docs/measures.md`; a test compares the two.", "",
            "- The predicted sign is that of the rank correlation with the test accuracy.",
            "- A measure that reads unseen labels, or how a model was made, knows the answer: no verdict calls it a predictor.",
            "- An option at its default and one left out are the same study.",
        ]
        lines += section("Of one network", MeasureCatalogue.all.map { $0.about })
        lines += section(
            "Of a network among the others of its population", MeasureCatalogue.population.map { $0.about })
        lines += section("Of the theory labs' models", LabCatalogue.measures)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func section(_ heading: String, _ measures: [MeasureDescription]) -> [String] {
        ["", "## \(heading)"] + measures.flatMap(entry)
    }

    private static func entry(_ about: MeasureDescription) -> [String] {
        let experiments = LabCatalogue.experiments.filter { experiment in
            experiment.measureDescriptions.contains { $0.id == about.id }
        }.map { "`\($0.about.id)`" }
        let roles = MeasureDescription.Role.allCases.filter(about.roles.contains).map(\.rawValue)
        var lines = ["", "### `\(about.id)`", "", "\(markdownEscaped(about.title)), a measure of \(about.family).", ""]
        lines += ["- formula: `\(about.formula)`"]
        for (name, value) in about.facts { lines.append("- \(name): \(markdownEscaped(value))") }
        if !roles.isEmpty { lines.append("- role: \(roles.joined(separator: ", "))") }
        if !experiments.isEmpty { lines.append("- experiments: \(experiments.joined(separator: ", "))") }
        guard !about.options.isEmpty else { return lines }
        var table = Table(["option", "values", "default", "meaning"])
        for option in about.options {
            table.append([
                .text(option.name), .text(option.valuesText), .text(option.absence ?? "to be stated"),
                .text(option.summary),
            ])
        }
        return lines + ["", table.markdownText().trimmingSuffix { $0 == "\n" }]
    }
}

extension String {
    fileprivate func trimmingSuffix(while isDropped: (Character) -> Bool) -> String {
        var kept = self[...]
        while let last = kept.last, isDropped(last) { kept.removeLast() }
        return String(kept)
    }
}
