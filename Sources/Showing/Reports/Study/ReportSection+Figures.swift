import Analysis
import Definitions
import Results

extension ReportSection {
    /// The figures that a study's file asks for.
    static func figures(_ figures: [Figure], _ factors: ModelFactors) -> ReportSection {
        section(
            figures.flatMap { figure in
                drawing(figure, factors, of: [figure.name], heading: Prose(figure.title))
            })
    }

    /// The figures of several studies, each under its study's name.
    static func figures(_ members: [(study: StudyRecord, figures: [Figure], factors: ModelFactors)]) -> ReportSection {
        section(
            members.flatMap { member in
                member.figures.flatMap { figure in
                    drawing(
                        figure, member.factors, of: [member.study.name, figure.name],
                        heading: "\(figure.title) (\(code: member.study.name))")
                }
            })
    }

    private static func section(_ drawings: [Block]) -> ReportSection {
        ReportSection(drawings.isEmpty ? [] : [.heading(2, "Figures")] + drawings)
    }

    private static func drawing(
        _ figure: Figure, _ factors: ModelFactors, of names: [String], heading: Prose
    ) -> [Block] {
        let drawn = FigurePicture(figure, factors)
        return [
            .heading(3, heading), .paragraph(drawn.sentence),
            .picture(Illustration(.figure, of: names, saying: figure.title, drawn.picture)),
        ]
    }
}
