import Analysis
import Results
import Statistics
import Typography

extension ReportSection {
    /// Title, source and size.
    static func head(_ population: Population, target: String) -> ReportSection {
        let study = population.study
        var lines = ["# \(study.title.isEmpty ? study.name : study.title)", ""]
        if !study.source.isEmpty { lines += ["Source: \(study.source).", ""] }
        let copies =
            (population.copies.isEmpty ? "" : ", with \(population.copies.count) variants")
            + (population.repeats == 0 ? "" : ", \(population.repeats) more that repeat one of them and count once")
        lines.append(
            "\(population.models.count) \(population.modelsInWords) of \(population.planned), "
                + "\(population.failed.count) failed\(copies); study `\(study.name)`, "
                + "version \(study.version), digest `\(study.digest.prefix(12))`. The target is `\(target)`.")
        lines += ["", "    basin run \(study.name)", "    basin report \(study.name)"]
        return ReportSection(lines)
    }

    /// A coefficient with its sign: +0.374.
    static func signed(_ value: Double, digits: Int = 3) -> String {
        Typography.signed(value, digits: digits)
    }
}
