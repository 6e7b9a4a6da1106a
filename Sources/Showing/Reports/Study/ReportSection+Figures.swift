import Definitions
import Results

extension ReportSection {
    /// The figures that a study's file asks for.
    static func figures(_ figures: [Figure], _ factors: ModelFactors) -> ReportSection {
        guard !figures.isEmpty else { return ReportSection([]) }
        let drawn = figures.map { figure in
            drawing(figure, factors, file: "figure-\(figure.name).svg", heading: "### \(markdownEscaped(figure.title))")
        }
        return ReportSection(["## Figures", ""] + drawn.flatMap(\.lines).dropLast(), pictures: drawn.map(\.picture))
    }

    /// The figures of several studies, each under its study's name.
    static func figures(_ members: [(study: StudyRecord, figures: [Figure], factors: ModelFactors)])
        -> ReportSection
    {
        let drawn = members.flatMap { member in
            member.figures.map { figure in
                drawing(
                    figure, member.factors, file: "figure-\(member.study.name)-\(figure.name).svg",
                    heading: "### \(markdownEscaped(figure.title)) (`\(member.study.name)`)")
            }
        }
        guard !drawn.isEmpty else { return ReportSection([]) }
        return ReportSection(["## Figures", ""] + drawn.flatMap(\.lines).dropLast(), pictures: drawn.map(\.picture))
    }

    private static func drawing(
        _ figure: Figure, _ factors: ModelFactors, file: String, heading: String
    ) -> (lines: [String], picture: (name: String, svg: String)) {
        let picture = FigurePicture(figure, factors)
        return (
            [heading, "", picture.sentence, "", "![\(markdownEscaped(figure.title))](\(file))", ""],
            (file, picture.picture.svg)
        )
    }
}
