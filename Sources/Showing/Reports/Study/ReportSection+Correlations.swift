import Analysis
import Measures
import Plots
import Results
import Statistics
import Typography

extension ReportSection {
    /// All measures by the size of their correlation with the target.
    static func ranking(_ correlations: MeasureCorrelations) -> ReportSection {
        let entries = correlations.rows.map { row in
            (
                name: row.mayPredict ? row.measure : "\(row.measure) *", correlation: row.correlation,
                adjustedPValue: row.holmPValue
            )
        }
        let title = "Rank correlation with \(correlations.target)"
        let notes =
            correlations.rows.allSatisfy(\.mayPredict) ? [] : ["* reads unseen labels: no predictor, whatever its rank"]
        let plot = RankingPlot(title: title, correlations: entries, notes: notes)
        return ReportSection([
            .heading(2, "Ranking of the measures"),
            .picture(.ranking, saying: "\(title): every measure with its \(correlations.intervalText)", plot),
            .table(correlations.table),
        ])
    }

    /// A change of a coefficient by a confounder that the report says in words.
    private static let notableChange = 0.15

    /// Each predictor's correlation under every condition of its verdict, and below it the changes that are notable.
    static func conditioning(_ population: Population, _ verdicts: StudyVerdicts) -> [ReportSection] {
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
        guard !conditions.isEmpty else { return [] }
        var table = Table(
            ["measure", Table.Column("raw", format: .fixed(3))]
                + conditions.map { Table.Column("given \($0)", format: .fixed(3)) })
        var moved: [Prose] = []
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
                        "\(code: verdict.measure) goes from \(signed(before)) to \(signed(after)) given \(condition).")
                }
            }
            table.append(row)
        }
        let design =
            verdicts.design.isEmpty
            ? ""
            : " The design (\(verdicts.design.joined(separator: ", "))) is held fixed in every column but the first."
        let numbers = ReportSection([
            .heading(2, "With confounders held fixed"),
            .paragraph(
                """
                Partial rank correlations with \(code: verdicts.target). One that shrinks in a column was partly that \
                column's; one that grows was masked by it.\(design)
                """),
            .table(table),
        ])
        guard !moved.isEmpty else { return [numbers] }
        return [numbers, ReportSection([.paragraph("Changes of at least \(notableChange):"), .list(moved)])]
    }

    /// A picture for each measure against the target.
    static func scatters(_ population: Population, _ correlations: MeasureCorrelations) throws -> ReportSection {
        var pictures: [Illustration] = []
        let targets = try population.values(correlations.target)
        let accuracies = population.column(for: .trainingAccuracy).flatMap { try? population.values($0) }
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
                points: points, subtitle: row.correlation.plotText, classNames: ("memorised", "not memorised"),
                groups: labels
            )
            pictures.append(
                Illustration(
                    .scatter, of: [row.measure], saying: "\(row.measure) against \(correlations.target)", plot.picture()
                ))
        }
        let heading = Block.heading(2, "Each measure against \(correlations.target)")
        return ReportSection([heading] + (pictures.isEmpty ? [] : [.gallery(pictures)]))
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
        return ReportSection([
            .heading(2, "The measures among themselves"),
            .picture(.matrix, saying: "Matrix of the measures' own rank correlations", plot),
        ])
    }
}
