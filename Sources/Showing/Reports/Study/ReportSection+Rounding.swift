import Analysis
import Results

extension ReportSection {
    /// How far the last bits of training move each correlation, where the results file has the study in other
    /// arithmetics.
    static func rounding(_ population: Population, target: String, in store: ResultsStore) throws -> ReportSection {
        let ranges = try RoundingRanges(of: population, target: target, in: store)
        guard ranges.absence != .noOthers else { return ReportSection() }
        var blocks: [Block] = [.heading(2, "Rounding")]
        if ranges.absence == nil {
            let design = ranges.design.joined(separator: ", ")
            let given: Prose =
                design.isEmpty ? "" : " Columns that begin with \(code: "given_") hold the design (\(design)) fixed."
            blocks += [
                .paragraph(
                    """
                    \(ranges.words): the study trained again in so many other arithmetics, all else equal. \
                    \(code: "rho") is the rank correlation with \(code: target) as it is, \(code: "least") and \
                    \(code: "greatest") are over all arithmetics with this one; \(code: "changes") says whether its \
                    sign, or whether p is below \(RoundingRanges.level), is not the same in all.\(given)
                    """),
                .command(["basin run \(ranges.study.shellWord) --rounding \(ranges.arithmetics.last?.number ?? 1)"]),
                .table(ranges.table),
            ]
        }
        if let remark = ranges.remark { blocks.append(.paragraph("\(remark)")) }
        return ReportSection(blocks)
    }
}
