import Analysis
import Measures
import Plots
import Results
import Statistics

extension ReportSection {
    /// How far the regimes are apart in the target, then the target and the Hessian trace by regime, study by study.
    static func regimes(_ family: StudyFamily, published: [[ReplicationRecord]]) -> ReportSection {
        let targets = Set(family.members.map(\.study.target))
        let target = targets.count == 1 ? targets.first : nil
        let traces = family.columns(of: MeasureCatalogue.descriptions(with: .followedOverStudies).map(\.id))
        let table = RegimeTable(family, published: published, traces: traces)
        var blocks: [Block] = [.heading(2, "Study by study")]
        if let gap = gapPlot(table, family, target: target) {
            blocks.append(.picture(.curve, of: "gap", saying: "\(gap.title) over \(gap.xLabel)", gap))
        }
        blocks.append(
            .table(
                table.table.asked(
                    family.members.contains { $0.restriction != nil }
                        ? nil
                        : .query(
                            "study, regime, measure, networks, mean, sd, min, max", from: "regime_summary",
                            of: family.members.map(\.study.name)))))
        var key = "The target's mean ± standard deviation over the networks"
        key += traces.isEmpty ? "." : "; of the traces the median, and the quartiles in brackets."
        if family.regimes.count == 2 {
            key += """
                 The gap is the mean of \(family.regimes[1]) less that of \(family.regimes[0]), with its 95 % \
                interval; Welch's test compares them.
                """
        }
        blocks.append(.paragraph(Prose(key)))
        guard let scale = family.scale else {
            return ReportSection(
                blocks + [
                    .paragraph(
                        "No number differs from each study to the next, so there is nothing to draw the studies over.")
                ])
        }
        let pictures =
            (target.map { [plot($0, family, over: scale, isTarget: true)] } ?? [])
            + traces.map { plot($0, family, over: scale, isTarget: false) }
        return ReportSection(
            blocks + [
                .gallery(
                    zip((target.map { [$0] } ?? []) + traces, pictures).map { column, plot in
                        let words = "\(plot.title)\(family.regimes.isEmpty ? "" : ", by regime")"
                        return Illustration(.curve, of: [column], saying: words, plot.picture())
                    })
            ])
    }

    private static func plot(
        _ column: String, _ family: StudyFamily, over scale: StudyFamily.Scale, isTarget: Bool
    ) -> CurvePlot {
        let series = family.groups.map { group in
            let points = zip(family.members, scale.values).map { member, x -> CurvePlot.Point in
                let values = family.values(column, group, in: member)
                guard isTarget else {
                    let found = Quartiles(values)
                    return .init(x: x, y: found?.median, interval: found.map { $0.lower...$0.upper })
                }
                let found = Summary(values)
                let bar = found.flatMap { found in found.standardError.map { found.mean - $0...found.mean + $0 } }
                return .init(x: x, y: found?.mean, interval: bar)
            }
            return CurvePlot.Series(name: group ?? "all networks", points: points)
        }
        return CurvePlot(
            title: "\(column) over \(scale.name)", xLabel: scale.name, yLabel: column, series: series,
            xScale: scale.axis, yScale: .linear,
            notes: [
                isTarget
                    ? "Means over the networks; bars are one standard error of the mean."
                    : "Medians over the networks; bars reach from the lower to the upper quartile."
            ])
    }

    /// Nil without a scale to draw over, or without a gap.
    private static func gapPlot(_ table: RegimeTable, _ family: StudyFamily, target: String?) -> CurvePlot? {
        guard let scale = family.scale, let target, table.gaps.contains(where: { $0.measured != nil }) else {
            return nil
        }
        func series(_ name: String, _ point: (RegimeTable.Gap) -> (Double?, ClosedRange<Double>?)) -> CurvePlot.Series {
            .init(
                name: name,
                points: zip(table.gaps, scale.values).map { gap, x in
                    let (y, interval) = point(gap)
                    return .init(x: x, y: y, interval: interval)
                })
        }
        let unit = table.areShares ? "percentage points" : target
        return CurvePlot(
            title: "\(target): \(family.regimes[1]) less \(family.regimes[0])", xLabel: scale.name,
            yLabel: "gap, \(unit)",
            series: [series("measured") { ($0.measured, $0.interval) }]
                + (table.gaps.contains { $0.published != nil } ? [series("published") { ($0.published, nil) }] : []),
            xScale: scale.axis, yScale: .linear, reference: 0,
            notes: ["Bars are Welch's 95 % interval of the difference of means."])
    }
}

/// One row a study: what its regimes reach, how far they are apart, and their traces.
private struct RegimeTable {
    /// How far the second regime is from the first, in percentage points where the target is a share.
    struct Gap {
        var measured: Double?
        var interval: ClosedRange<Double>?
        var pValue: Cell
        var published: Double?
    }

    let table: Table
    /// One a member; empty unless there are two regimes.
    let gaps: [Gap]
    let areShares: Bool

    init(_ family: StudyFamily, published: [[ReplicationRecord]], traces: [String]) {
        // Accuracies are shares, whose differences people read in percentage points.
        let areShares = family.members.allSatisfy { member in
            family.values(member.study.target, nil, in: member).allSatisfy { (0...1).contains($0) }
        }
        let (factor, decimals) = areShares ? (100.0, 2) : (1, 4)
        let gapName = areShares ? "gap, percentage points" : "gap"
        let hasGap = family.regimes.count == 2
        let gaps = hasGap ? zip(family.members, published).map { Self.gap(family, $0, $1, factor: factor) } : []
        let hasPublishedGap = gaps.contains { $0.published != nil }
        let targets = Set(family.members.map(\.study.target))
        let target = targets.count == 1 ? targets.first ?? "target" : "target"

        func headings(_ column: String) -> [Table.Column] {
            family.groups.map { Table.Column($0.map { "\(column), \($0)" } ?? column, alignment: .right) }
        }
        var columns: [Table.Column] = ["study", "networks"] + headings(target)
        if hasGap {
            columns += [
                Table.Column(gapName, format: .fixed(decimals)), Table.Column("low", format: .fixed(decimals)),
                Table.Column("high", format: .fixed(decimals)),
            ]
        }
        if hasPublishedGap { columns.append(Table.Column("published gap", format: .fixed(decimals))) }
        if hasGap { columns.append(Table.Column("Welch p", format: .significant(2))) }
        columns += traces.flatMap(headings)

        var table = Table(columns)
        for (index, member) in family.members.enumerated() {
            func cells(_ text: ([Double]) -> String?, of column: String) -> [Cell] {
                family.groups.map { Cell(text(family.values(column, $0, in: member))) }
            }
            var row: [Cell] = [.text(member.study.name), .integer(member.models.count)]
            row += cells({ Summary($0)?.text }, of: member.study.target)
            if hasGap {
                let gap = gaps[index]
                row += [Cell(gap.measured), Cell(gap.interval?.lowerBound), Cell(gap.interval?.upperBound)]
                if hasPublishedGap { row.append(Cell(gap.published)) }
                row.append(gap.pValue)
            }
            table.append(row + traces.flatMap { cells({ Quartiles($0)?.text }, of: $0) })
        }
        (self.gaps, self.areShares) = (gaps, areShares)
        self.table = table
    }

    /// The second regime's mean less the first's, and Welch's test.
    private static func gap(
        _ family: StudyFamily, _ member: Population, _ records: [ReplicationRecord], factor: Double
    ) -> Gap {
        let samples = family.regimes.map { family.values(member.study.target, $0, in: member) }
        let means = samples.map { Summary($0)?.mean }
        let measured = means[1].flatMap { second in means[0].map { factor * (second - $0) } }
        let published = publishedGap(family.regimes, of: member.study.target, in: records).map { factor * $0 }
        switch welchTest(samples[1], samples[0]) {
        case .success(let test):
            let interval = factor * test.interval.lower...factor * test.interval.upper
            return Gap(measured: measured, interval: interval, pValue: .real(test.pValue), published: published)
        case .failure(let undefined):
            return Gap(measured: measured, pValue: .missing(undefined.description), published: published)
        }
    }

    /// The second regime's published mean less the first's; nil where one is missing.
    private static func publishedGap(
        _ regimes: [String], of target: String, in records: [ReplicationRecord]
    ) -> Double? {
        func mean(_ regime: String) -> Double? {
            records.map(\.published).first { $0.kind == .mean && $0.measure == target && $0.regime == regime }?.value
        }
        guard let first = mean(regimes[0]), let second = mean(regimes[1]) else { return nil }
        return second - first
    }
}
