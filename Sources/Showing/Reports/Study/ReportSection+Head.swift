import Analysis
import Results

extension ReportSection {
    /// Title, source and size.
    static func head(_ population: Population, target: String) -> ReportSection {
        let study = population.study
        var blocks: [Block] = [.heading(1, "\(authored: study.title.isEmpty ? study.name : study.title)")]
        if !study.source.isEmpty { blocks.append(.paragraph("Source: \(authored: study.source).")) }
        let copies =
            (population.copies.isEmpty ? "" : ", with \(population.copies.count) variants")
            + (population.repeats == 0 ? "" : ", \(population.repeats) more that repeat one of them and count once")
        blocks.append(
            .paragraph(
                """
                \(population.models.count) \(population.modelsInWords) of \(population.planned), \
                \(population.failed.count) failed\(copies); study \(code: study.name), version \(study.version), \
                digest \(code: String(study.digest.prefix(12))). The target is \(code: target).
                """
            ))
        let (name, besides) = (study.name.shellWord, population.measuredBesides)
        let measuring = besides.isEmpty ? [] : ["basin measure \(name) --measures \(besides.joined(separator: ","))"]
        return ReportSection(blocks + [.command(["basin run \(name)"] + measuring + ["basin report \(name)"])])
    }
}
