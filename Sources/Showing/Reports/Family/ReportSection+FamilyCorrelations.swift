import Plots
import Analysis

extension ReportSection {
    /// Each measure's correlations over the studies: in how many they count, published, raw, within regimes and given
    /// the regime.
    static func correlations(_ correlations: FamilyCorrelations) -> ReportSection {
        guard !correlations.measures.isEmpty else { return ReportSection() }
        var blocks: [Block] = [
            .heading(
                2,
                correlations.measures.flatMap(\.entries).contains { $0.outcome != nil }
                    ? "Raw correlations and those within regimes" : "Rank correlations")
        ]
        let outcomes = outcomes(correlations)
        if !outcomes.rows.isEmpty {
            blocks += [
                .paragraph(
                    """
                    In how many studies Spearman's rank correlation with \(target(correlations)) counts over all \
                    networks, and what is left of it given the regime.
                    """),
                .table(outcomes), .folded("What the columns mean", [.note(rule)]),
            ]
        }
        let pictures = correlations.measures.compactMap { measure in
            plot(measure, correlations).map { plot in
                Illustration(
                    .curve, of: ["rho", measure.name], saying: "\(plot.title) over \(plot.xLabel)", plot.picture())
            }
        }
        if !pictures.isEmpty { blocks.append(.gallery(pictures)) }
        let numbers = numbers(correlations)
        blocks.append(.folded("The \(numbers.rows.count) correlations as a table", [.table(numbers)]))
        return ReportSection(blocks)
    }

    private static func target(_ correlations: FamilyCorrelations) -> Prose {
        correlations.sharedTarget.map { "\(code: $0)" } ?? "the study's target"
    }

    /// A row a measure: in how many studies each outcome is.
    private static func outcomes(_ correlations: FamilyCorrelations) -> Table {
        let kinds: [GroupedCorrelations.Outcome] = [.holds, .weakened, .fromTheGroups, .reversed, .open]
        let judged = correlations.measures.map { measure in
            (measure, measure.entries.filter { $0.outcome != nil && $0.outcome != .undefined })
        }.filter { !$0.1.isEmpty }
        func count(_ entries: [FamilyCorrelations.Entry], _ kinds: [GroupedCorrelations.Outcome]) -> Int {
            entries.count { entry in kinds.contains { $0 == entry.outcome } }
        }
        let shown = (kinds + [.masked]).filter { kind in judged.contains { count($0.1, [kind]) > 0 } }
        var table = Table(
            ["measure", "studies", "raw counts"] + shown.map { Table.Column($0.words, alignment: .right) })
        for (measure, entries) in judged {
            table.append(
                [
                    .text(measure.mayPredict ? measure.name : "\(measure.name) (no predictor)"),
                    .integer(entries.count), .integer(count(entries, kinds)),
                ] + shown.map { .integer(count(entries, [$0])) })
        }
        return table
    }

    /// A row a measure and study.
    private static func numbers(_ correlations: FamilyCorrelations) -> Table {
        let family = correlations.family
        let entries = correlations.measures.flatMap(\.entries)
        let isPublished = entries.contains { $0.published != nil }
        let hasRegimes = entries.contains { $0.outcome != nil }
        var columns: [Table.Column] = ["measure", "study"]
        if isPublished { columns.append(Table.Column("published", format: .fixed(3))) }
        columns.append(Table.Column("raw", format: .fixed(3)))
        if isPublished { columns.append(Table.Column("difference", format: .fixed(3))) }
        if hasRegimes {
            columns += family.regimes.map { Table.Column($0, format: .fixed(3)) }
            columns += [
                Table.Column("given regime", format: .fixed(3)), Table.Column("p", format: .significant(2)),
                "what is left",
            ]
        }
        var table = Table(columns)
        for measure in correlations.measures {
            for entry in measure.entries {
                let row = entry.row
                var cells: [Cell] = [.text(measure.name), .text(family.members[entry.member].study.name)]
                if isPublished { cells.append(Cell(entry.published)) }
                cells.append(Cell(row.raw.estimate, because: row.raw.reason))
                if isPublished {
                    cells.append(Cell(row.raw.estimate.flatMap { rho in entry.published.map { rho - $0 } }))
                }
                if hasRegimes {
                    cells += entry.within.map { Cell($0) }
                    cells +=
                        entry.outcome == nil
                        ? [.missing("The study has a single regime."), .missing, .missing]
                        : [
                            Cell(row.given.estimate, because: row.given.reason), Cell(row.given.pValue),
                            .text(row.outcome.words),
                        ]
                }
                table.append(cells)
            }
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
            yLabel: "Spearman's rho", series: all, xScale: scale.axis, yScale: .linear, yRange: -1...1, reference: 0,
            notes: hasRegimes ? ["Bars are the analytic 95 % interval of the partial correlation."] : [])
    }
}

extension StudyFamily.Scale {
    /// Logarithmic where the studies are spaced so: where the steps between them differ less as factors than as
    /// differences.
    var axis: AxisScale { .fitting(values) }
}
