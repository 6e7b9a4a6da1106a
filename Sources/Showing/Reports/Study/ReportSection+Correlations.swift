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
