import Analysis
import Measures
import Results
import Statistics
import Typography

extension ReportSection {
    /// All measures by the size of their correlation with the target.
    static func ranking(_ correlations: MeasureCorrelations) -> ReportSection {
        let entries = correlations.rows.map { row in
            RankingPlot.Entry(
                name: row.mayPredict ? row.measure : "\(row.measure) *", correlation: row.correlation,
                adjustedPValue: row.holmPValue)
        }
        let title = "Rank correlation with \(correlations.target)"
        let notes =
            correlations.rows.allSatisfy(\.mayPredict) ? [] : ["* reads unseen labels: no predictor, whatever its rank"]
        let plot = RankingPlot(title: title, entries: entries, notes: notes)
        return ReportSection(
            [
                "## Ranking of the measures", "",
                "![\(title): every measure with its \(correlations.intervalText)](ranking.svg)", "",
                correlations.table.render(.markdown),
            ],
            pictures: [("ranking.svg", plot.svg())])
    }

    /// A change of a coefficient by a confounder that the report says in words.
    private static let notableChange = 0.15

    /// Each predictor's correlation under every condition of its verdict.
    static func conditioning(_ population: Population, _ verdicts: Verdicts) -> ReportSection {
        let rows = population.columns.compactMap { column in verdicts.rows.first { $0.verdict.measure == column } }
            .map(\.verdict).filter { population.mayPredict($0.measure) }
        /// A trial's column, the design apart, as it is held fixed in all.
        func name(_ trial: Verdict.Trial) -> String {
            let beside = trial.names.dropFirst(verdicts.design.count)
            return beside.isEmpty ? "the design" : beside.count == 1 ? beside[beside.startIndex] : "all of them"
        }
        let conditions = rows.flatMap(\.trials).map(name).reduce(into: [String]()) { kept, next in
            if !kept.contains(next) { kept.append(next) }
        }
        guard !conditions.isEmpty else { return ReportSection([]) }
        var table = Table(
            ["measure", Table.Column("raw", format: .fixed(3))]
                + conditions.map { Table.Column("given \($0)", format: .fixed(3)) })
        var moved: [String] = []
        for verdict in rows {
            var row: [Cell] = [.text(verdict.measure), Cell(verdict.raw.estimate, because: verdict.raw.reason)]
            for condition in conditions {
                let trial = verdict.trials.first { name($0) == condition }
                row.append(
                    Cell(
                        trial?.partial.estimate,
                        because: trial?.partial.reason ?? "A column is not held fixed for itself."))
                if let before = verdict.raw.estimate, let after = trial?.partial.estimate,
                    abs(after - before) >= notableChange
                {
                    moved.append(
                        "- `\(verdict.measure)` goes from \(signed(before)) to \(signed(after)) given \(condition).")
                }
            }
            table.append(row)
        }
        let design =
            verdicts.design.isEmpty
            ? ""
            : " The design (\(verdicts.design.joined(separator: ", "))) is held fixed in every column but the first."
        var lines = [
            "## With confounders held fixed", "",
            "Partial rank correlations with `\(verdicts.target)`. One that shrinks in a column was partly that column's; "
                + "one that grows was masked by it.\(design)",
            "", table.render(.markdown),
        ]
        if !moved.isEmpty { lines += ["", "Changes of at least \(notableChange):", ""] + moved }
        return ReportSection(lines)
    }

    /// A picture for each measure against the target.
    static func scatters(_ population: Population, _ correlations: MeasureCorrelations) throws -> ReportSection {
        var lines = ["## Each measure against \(correlations.target)", ""]
        var pictures: [(name: String, svg: String)] = []
        let targets = try population.values(correlations.target)
        let accuracies = try? population.values(TrainAccuracy.about.id)
        let regimes = population.groupings.first { $0.name == "regime" }
        let labels = regimes?.distinctLabels ?? []
        for row in correlations.rows {
            let points = zip(try population.values(row.measure), targets).enumerated().map { index, pair in
                ScatterPlot.Point(
                    x: pair.0, y: pair.1, isMarked: accuracies?[index].map { $0 < 1 } ?? false,
                    group: regimes?.labels[index].flatMap(labels.firstIndex))
            }
            let plot = ScatterPlot(
                title: "\(row.measure) and \(correlations.target)", xLabel: row.measure, yLabel: correlations.target,
                points: points, correlation: row.correlation, classNames: ("memorised", "not memorised"), groups: labels
            )
            let name = "scatter-\(row.measure).svg"
            pictures.append((name, plot.svg()))
            lines += ["![\(row.measure) against \(correlations.target)](\(name))", ""]
        }
        return ReportSection(lines, pictures: pictures)
    }

    /// The measures' own rank correlations.
    static func matrix(_ population: Population) throws -> ReportSection {
        let names = population.columns
        // rho(a, b) is rho(b, a): half of them will do.
        var values = [[Double?]](repeating: [Double?](repeating: nil, count: names.count), count: names.count)
        for (row, a) in names.enumerated() {
            for (column, b) in names.enumerated().prefix(row + 1) {
                let estimate = try population.correlation(a, b, bootstrap: nil).estimate
                (values[row][column], values[column][row]) = (estimate, estimate)
            }
        }
        let plot = MatrixPlot(title: "Rank correlations between the measures", names: names, values: values)
        return ReportSection(
            [
                "## The measures among themselves", "",
                "![Matrix of the measures' own rank correlations](matrix.svg)",
            ],
            pictures: [("matrix.svg", plot.svg())])
    }
}
