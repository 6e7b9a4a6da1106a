import Analysis
import Results

extension ReportSection {
    /// Title and source.
    static func head(_ population: Population) -> ReportSection {
        let study = population.study
        let restriction = RestrictionText(of: [population])
        let condition = restriction.map { ", where \(code: $0.condition)" as Prose } ?? ""
        var blocks: [Block] = [.heading(1, "\(authored: study.title.isEmpty ? study.name : study.title)\(condition)")]
        if !study.source.isEmpty { blocks.append(.paragraph("Source: \(authored: study.source).")) }
        return ReportSection(blocks)
    }

    /// How large the study is, and the commands that make it and this report.
    static func making(_ population: Population, target: String) -> ReportSection {
        let study = population.study
        var blocks: [Block] = [.heading(2, "Making this report")]
        let copies =
            (population.copies.isEmpty ? "" : ", with \(population.copies.count) variants")
            + (population.repeats == 0 ? "" : ", \(population.repeats) more that repeat one of them and count once")
        blocks.append(
            .paragraph(
                """
                \(size(population)), \(population.failed.count) failed\(copies); study \(code: study.name), \
                version \(study.version), digest \(code: String(study.digest.prefix(12))). The target is \
                \(code: target).
                """
            ))
        let option = population.whereOption
        let (name, besides) = (study.name.shellWord, population.measuredBesides)
        let measuring = besides.isEmpty ? [] : ["basin measure \(name) --measures \(besides.joined(separator: ","))"]
        return ReportSection(blocks + [.command(["basin run \(name)"] + measuring + ["basin report \(name)\(option)"])])
    }

    /// "144 trained networks of 144"; of those that a condition selected "138 of 144 trained networks (144 planned)".
    private static func size(_ population: Population) -> String {
        let (count, models) = (population.models.count, population.modelsInWords)
        return population.restriction.map { "\(count) of \($0.total) \(models) (\(population.planned) planned)" }
            ?? "\(count) \(models) of \(population.planned)"
    }
}
