import Measures
import Parameters
import TheoryLabs

/// What all measures state of themselves, as a page: `docs/measures.md`. It is made of the catalogues alone.
public struct MeasureReference: Reported {
    public init() {}

    public var report: Report {
        Report(
            name: "measures",
            [Self.head, Self.contents]
                + Self.byFamily(MeasureCatalogue.descriptions).map { family, measures in
                    Self.section("\(family.prefix(1).uppercased() + family.dropFirst())", measures)
                } + [Self.section("Of a theory lab's model", LabCatalogue.measures)])
    }

    /// The families in the order of their first measure.
    private static func byFamily(
        _ measures: [MeasureDescription]
    ) -> [(family: String, measures: [MeasureDescription])] {
        var families: [String] = []
        for about in measures where !families.contains(about.family) { families.append(about.family) }
        return families.map { family in (family, measures.filter { $0.family == family }) }
    }

    private static var contents: ReportSection {
        let rows = byFamily(MeasureCatalogue.descriptions).map { family, measures -> [Cell] in
            [.text(family), .text(measures.map(\.id).joined(separator: ", "))]
        }
        return ReportSection([.table(Table(["family", "measures"], rows: rows))])
    }

    private static let head = ReportSection([
        .heading(1, "Measures"),
        .paragraph(
            """
            What each measure states of itself; \(code: "basin measures ID") prints one. Made by \
            \(code: "basin measures --reference > docs/measures.md"), and held against it by a test.
            """),
        .list([
            "The predicted sign is that of the rank correlation with the test accuracy.",
            "What reads unseen labels, or how a model was made, knows the answer: no verdict calls it a predictor.",
            "An option at its default and one left out are the same study.",
        ]),
    ])

    private static func section(_ heading: Prose, _ measures: [MeasureDescription]) -> ReportSection {
        ReportSection([.heading(2, heading)] + measures.flatMap(entry))
    }

    private static func entry(_ about: MeasureDescription) -> [Block] {
        var facts: [Prose] = ["formula: \(code: about.formula)"] + about.facts.map { "\($0.name): \($0.value)" }
        let roles = MeasureDescription.Role.allCases.filter(about.roles.contains).map(\.rawValue)
        if !roles.isEmpty { facts.append("role: \(roles.joined(separator: "; "))") }
        let experiments = LabCatalogue.experiments.filter { experiment in
            experiment.measureDescriptions.contains { $0.id == about.id }
        }.map { "\(code: $0.about.id)" as Prose }
        if !experiments.isEmpty { facts.append("experiments: \(experiments.joined(separator: ", "))") }
        return [
            .heading(3, "\(code: about.id)"), .paragraph("\(about.title), a measure of \(about.family)."), .list(facts),
        ] + (about.options.isEmpty ? [] : [.table(table(about.options))])
    }

    private static func table(_ options: [Parameter]) -> Table {
        Table(
            ["option", "values", "default", "meaning"],
            rows: options.map { option in
                [
                    .text(option.name), .text(option.valuesText), .text(option.absence ?? "to be stated"),
                    .text(option.summary),
                ]
            })
    }
}
