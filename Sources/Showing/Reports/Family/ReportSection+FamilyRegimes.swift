import Analysis
import Measures
import Plots
import Results
import Statistics

extension ReportSection {
    /// The target and the Hessian trace by regime, study by study, with the published gap of the target.
    static func regimes(_ family: StudyFamily, published: [[ReplicationRecord]]) -> ReportSection {
        let targets = Set(family.members.map(\.study.target))
        let traces = family.columns(of: MeasureCatalogue.descriptions(with: .followedOverStudies).map(\.id))
        var key: [Inline] = [.text("Mean ± standard deviation over the networks.")]
        if family.regimes.count == 2 {
            key += [
                .lineBreak,
                .text(
                    """
                    The gap is the mean of \(family.regimes[1]) less that of \(family.regimes[0]); Welch's test \
                    compares them.
                    """
                ),
            ]
        }
        let blocks: [Block] = [
            .heading(2, "Study by study"),
            .table(RegimeTable(family, published: published, traces: traces).table), .paragraph(Prose(key)),
        ]
        guard let scale = family.scale else {
            return ReportSection(
                blocks + [
                    .paragraph(
                        "No number differs from each study to the next, so there is nothing to draw the studies over.")
                ])
        }
        let columns = (targets.count == 1 ? Array(targets) : []) + traces
        return ReportSection(
            blocks
                + columns.map { column in
                    let plot = plot(column, family, over: scale)
                    let words = "\(plot.title)\(family.regimes.isEmpty ? "" : ", by regime")"
                    return .picture(.curve, of: column, saying: words, plot)
                })
    }

    private static func plot(_ column: String, _ family: StudyFamily, over scale: StudyFamily.Scale) -> CurvePlot {
        let series = family.groups.map { group in
            let points = zip(family.members, scale.values).map { member, x in
                let summary = Summary(family.values(column, group, in: member))
                let bar = summary.flatMap { found in found.standardError.map { found.mean - $0...found.mean + $0 } }
                return CurvePlot.Point(x: x, y: summary?.mean, interval: bar)
            }
            return CurvePlot.Series(name: group ?? "all networks", points: points)
        }
        return CurvePlot(
            title: "\(column) over \(scale.name)", xLabel: scale.name, yLabel: column, series: series,
            xScale: .logarithmic, yScale: .linear,
            notes: ["Means over the networks; bars are one standard error of the mean."])
    }
}

/// One row a study: what its regimes reach, how far they are apart, and their traces.
private struct RegimeTable {
    let table: Table

    init(_ family: StudyFamily, published: [[ReplicationRecord]], traces: [String]) {
        // Accuracies are shares, whose differences people read in percentage points.
        let areShares = family.members.allSatisfy { member in
            family.values(member.study.target, nil, in: member).allSatisfy { (0...1).contains($0) }
        }
        let (factor, decimals) = areShares ? (100.0, 2) : (1, 4)
        let gapName = areShares ? "gap, percentage points" : "gap"
        let hasGap = family.regimes.count == 2
        let gaps = zip(family.members, published).map { Self.gap(family.regimes, of: $0.study.target, in: $1) }
        let hasPublishedGap = gaps.contains { $0 != nil }
        let targets = Set(family.members.map(\.study.target))
        let target = targets.count == 1 ? targets.first ?? "target" : "target"

        func headings(_ column: String) -> [Table.Column] {
            family.groups.map { Table.Column($0.map { "\(column), \($0)" } ?? column, alignment: .right) }
        }
        var columns: [Table.Column] = ["study", "networks"] + headings(target)
        if hasGap { columns.append(Table.Column(gapName, format: .fixed(decimals))) }
        if hasPublishedGap { columns.append(Table.Column("published gap", format: .fixed(decimals))) }
        if hasGap { columns.append(Table.Column("Welch p", format: .significant(2))) }
        columns += traces.flatMap(headings)

        var table = Table(columns)
        for (index, member) in family.members.enumerated() {
            func means(_ column: String) -> [Cell] {
                family.groups.map { Cell(Summary(family.values(column, $0, in: member))?.text) }
            }
            var row: [Cell] = [.text(member.study.name), .integer(member.models.count)] + means(member.study.target)
            let comparison = hasGap ? Self.comparison(family, member) : nil
            if let comparison { row.append(Cell(comparison.gap.map { $0 * factor })) }
            if hasPublishedGap { row.append(Cell(gaps[index].map { $0 * factor })) }
            if let comparison { row.append(comparison.pValue) }
            table.append(row + traces.flatMap(means))
        }
        self.table = table
    }

    /// The second regime's mean less the first's, and Welch's p.
    private static func comparison(_ family: StudyFamily, _ member: Population) -> (gap: Double?, pValue: Cell) {
        let samples = family.regimes.map { family.values(member.study.target, $0, in: member) }
        let gap = Summary(samples[1]).flatMap { second in Summary(samples[0]).map { second.mean - $0.mean } }
        return switch welchTest(samples[1], samples[0]) {
        case .success(let test): (gap, .real(test.pValue))
        case .failure(let undefined): (gap, .missing(undefined.description))
        }
    }

    /// The same of the published means; nil where one is missing.
    private static func gap(_ regimes: [String], of target: String, in records: [ReplicationRecord]) -> Double? {
        func mean(_ regime: String) -> Double? {
            records.map(\.published).first { $0.kind == .mean && $0.measure == target && $0.regime == regime }?.value
        }
        guard regimes.count == 2, let first = mean(regimes[0]), let second = mean(regimes[1]) else { return nil }
        return second - first
    }
}
