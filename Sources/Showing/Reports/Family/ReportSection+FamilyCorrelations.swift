import Plots
import Analysis

extension ReportSection {
    /// Measure by measure: each study's correlations, published, raw, within regimes and given the regime.
    static func correlations(_ correlations: FamilyCorrelations) -> ReportSection {
        guard !correlations.measures.isEmpty else { return ReportSection() }
        var blocks: [Block] = [.heading(2, "Rank correlations with \(correlations.target), measure by measure")]
        for measure in correlations.measures {
            blocks.append(.heading(3, Prose(measure.name)))
            if !measure.mayPredict {
                blocks.append(.paragraph("Reads unseen labels: no predictor, whatever its correlation."))
            }
            blocks.append(.table(table(measure, correlations.family)))
            let sentences = measure.entries.compactMap { entry -> Prose? in
                guard entry.outcome != nil, entry.row.isContradicted, let words = entry.row.words("regime") else {
                    return nil
                }
                return "\(code: correlations.family.members[entry.member].study.name): \(words)."
            }
            if !sentences.isEmpty { blocks.append(.list(sentences)) }
            if let plot = plot(measure, correlations) {
                blocks.append(
                    .picture(.curve, of: "rho", measure.name, saying: "\(plot.title) over \(plot.xLabel)", plot))
            }
        }
        return ReportSection(blocks)
    }

    private static func table(_ measure: FamilyCorrelations.Measure, _ family: StudyFamily) -> Table {
        let isPublished = measure.entries.contains { $0.published != nil }
        let hasRegimes = measure.entries.contains { $0.outcome != nil }
        var columns: [Table.Column] = ["study", "n"]
        if isPublished { columns.append(Table.Column("published", format: .fixed(3))) }
        columns.append(Table.Column("raw", format: .fixed(3)))
        if isPublished { columns.append(Table.Column("difference", format: .fixed(3))) }
        columns.append(Table.Column("p, corrected", format: .significant(2)))
        if hasRegimes {
            columns += family.regimes.map { Table.Column($0, format: .fixed(3)) }
            columns += [
                Table.Column("given regime", format: .fixed(3)), Table.Column("p", format: .significant(2)),
                "what is left",
            ]
        }
        var table = Table(columns)
        for entry in measure.entries {
            let row = entry.row
            var cells: [Cell] = [.text(family.members[entry.member].study.name), .integer(row.raw.count)]
            if isPublished { cells.append(Cell(entry.published)) }
            cells.append(Cell(row.raw.estimate, because: row.raw.reason))
            if isPublished {
                cells.append(Cell(row.raw.estimate.flatMap { rho in entry.published.map { rho - $0 } }))
            }
            cells.append(Cell(row.rawCorrected ?? row.raw.pValue))
            if hasRegimes {
                cells += entry.within.map { Cell($0) }
                cells +=
                    entry.outcome == nil
                    ? [.missing("The study has a single regime."), .missing, .missing]
                    : [
                        Cell(row.given.estimate, because: row.given.reason), Cell(row.given.pValue),
                        .text(row.outcomeText),
                    ]
            }
            table.append(cells)
        }
        return table
    }

    /// Nil without a number to draw over.
    private static func plot(_ measure: FamilyCorrelations.Measure, _ correlations: FamilyCorrelations) -> CurvePlot? {
        guard let scale = correlations.family.scale, measure.entries.count > 1 else { return nil }
        func series(_ name: String, _ point: (FamilyCorrelations.Entry) -> (Double?, ClosedRange<Double>?))
            -> CurvePlot.Series
        {
            .init(
                name: name,
                points: measure.entries.map { entry in
                    let (y, interval) = point(entry)
                    return .init(x: scale.values[entry.member], y: y, interval: interval)
                })
        }
        var all = [series("raw, all networks") { ($0.row.raw.estimate, nil) }]
        let hasRegimes = measure.entries.contains { $0.outcome != nil }
        if hasRegimes {
            all.append(
                series("given regime") { entry in
                    guard entry.outcome != nil else { return (nil, nil) }
                    return (entry.row.given.estimate, entry.row.given.interval.map { $0.lower...$0.upper })
                })
            for (index, regime) in correlations.family.regimes.enumerated() {
                all.append(series("within \(regime)") { ($0.within[index], nil) })
            }
        }
        all.append(series("published, raw") { ($0.published, nil) })
        return CurvePlot(
            title: "Rank correlation of \(measure.name) with \(correlations.target)", xLabel: scale.name,
            yLabel: "Spearman's rho", series: all, xScale: .logarithmic, yScale: .linear, yRange: -1...1, reference: 0,
            notes: hasRegimes ? ["Bars are the analytic 95 % interval of the partial correlation."] : [])
    }
}
