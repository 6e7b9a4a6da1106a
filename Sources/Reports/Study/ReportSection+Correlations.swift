import Measures
import Results
import Statistics

extension ReportSection {
    /// All measures by the size of their correlation with the target.
    static func ranking(_ correlations: MeasureCorrelations) -> ReportSection {
        let entries = correlations.rows.map { row in
            RankingPlot.Entry(
                name: row.mayPredict ? row.measure : "\(row.measure) *", correlation: row.correlation,
                adjustedPValue: row.holmPValue)
        }
        let title = "Rank correlation with \(correlations.target)"
        let notes = correlations.rows.allSatisfy(\.mayPredict) ? [] : ["* reads unseen labels: no predictor, whatever its rank"]
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

    /// Each predictor's correlation with one possible confounder held fixed at a time.
    static func conditioning(_ population: Population, _ verdicts: Verdicts) throws -> ReportSection {
        let (fixed, target) = (verdicts.confounders, verdicts.target)
        let measures = population.columns.filter { $0 != target && population.mayPredict($0) && !fixed.contains($0) }
        guard !fixed.isEmpty, !measures.isEmpty else { return ReportSection([]) }
        var table = Table(
            ["measure", Table.Column("raw", format: .fixed(3))] + fixed.map { Table.Column("given \($0)", format: .fixed(3)) })
        var moved: [String] = []
        for measure in measures {
            let raw = try population.correlation(measure, target, bootstrap: nil)
            var row: [Cell] = [.text(measure), Cell(raw.estimate, because: raw.reason)]
            for given in fixed {
                let partial = try population.correlation(measure, target, given: [given], bootstrap: nil)
                row.append(Cell(partial.estimate, because: partial.reason))
                if let before = raw.estimate, let after = partial.estimate, abs(after - before) >= notableChange {
                    moved.append(
                        "- `\(measure)` goes from \(signed(before)) to \(signed(after)) when `\(given)` is held fixed.")
                }
            }
            table.append(row)
        }
        var lines = [
            "## With one confounder held fixed", "",
            "Partial rank correlations with `\(target)`. One that shrinks in a column was partly that column's; "
                + "one that grows was masked by it.",
            "", table.render(.markdown),
        ]
        if !moved.isEmpty { lines += ["", "Changes of at least \(notableChange):", ""] + moved }
        if let sentence = try pairProxySentence(population, target: target) { lines += ["", sentence] }
        return ReportSection(lines)
    }

    /// The pair proxy counts what a layer on live units can do, so dead units are its first rival.
    private static func pairProxySentence(_ population: Population, target: String) throws -> String? {
        let (proxy, dead) = (PairProxy.about.id, DeadUnits.about.id)
        guard population.columns.contains(proxy), population.columns.contains(dead) else { return nil }
        let raw = try population.correlation(proxy, target)
        let given = try population.correlation(proxy, target, given: [dead])
        let between = try population.correlation(proxy, dead)
        guard let rho = raw.estimate, let partial = given.estimate, let shared = between.estimate else { return nil }
        let interval = given.shownInterval.map {
            " (interval \(signed($0.bounds.lower)) to \(signed($0.bounds.upper)))"
        } ?? ""
        return "The pair proxy's rank correlation with dead units is \(signed(shared)). With dead units held fixed, its "
            + "correlation with `\(target)` is \(signed(partial))\(interval), against \(signed(rho)) raw."
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
                points: points, correlation: row.correlation, classNames: ("memorised", "not memorised"), groups: labels)
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
