import Analysis
import Diagnostics
import Measures
import Plots
import Results
import Typography

extension ReportSection {
    /// How training went, where it was written down.
    static func training(_ population: Population, in store: ResultsStore) throws -> ReportSection {
        guard let found = try TrainingCourses(of: population, in: store) else { return ReportSection() }
        let groups: Prose = found.grouping.map { ", by \(code: $0)" } ?? ""
        let pictures = found.quantities.map { quantity in
            let plot = plot(found.courses(of: quantity), quantity)
            return Illustration(.curve, of: ["training", quantity.rawValue], saying: plot.title, plot.picture())
        }
        return ReportSection([
            .heading(2, "Training"),
            .paragraph(
                """
                Medians over \(counted(found.networks, "network"))\(groups), bars from the lower to the upper \
                quartile. A network that stopped counts with what it ended with.
                """),
            .command([sql("SELECT * FROM training_history", population)]),
            .gallery(pictures),
        ])
    }

    private static func plot(
        _ courses: [TrainingCourses.Course], _ quantity: TrainingHistory.Quantity
    ) -> CurvePlot {
        // Where epochs double, so does the axis; there is no room for the beginning on it.
        let epochs = courses.flatMap { $0.points.map(\.epoch) }.filter { $0 > 0 }
        let isDoubling = epochs.contains(1) && epochs.contains(2) && (epochs.max() ?? 0) > 20 && !epochs.contains(3)
        return CurvePlot(
            title: "\(quantity.rawValue) over training", xLabel: "epochs", yLabel: quantity.rawValue,
            series: courses.map { course in
                CurvePlot.Series(
                    name: course.label,
                    points: course.points.filter { !isDoubling || $0.epoch > 0 }.map { point in
                        .init(x: Double(point.epoch), y: point.median, interval: point.lower...point.upper)
                    })
            },
            xScale: isDoubling ? .logarithmic : .linear,
            notes: isDoubling ? ["Before the first epoch there is no place on this axis."] : [])
    }

    /// How early measures predict, where a study keeps snapshots.
    static func alongTraining(_ population: Population) throws -> ReportSection {
        guard let found = try AlongTraining(of: population) else { return ReportSection() }
        let predictors = found.rows.filter(\.mayPredict)
        let drawn = predictors.prefix(mostDrawnAlongTraining)
        let plot = CurvePlot(
            title: "How early measures predict \(found.target)", xLabel: "epochs",
            yLabel: "rank correlation in the end",
            series: drawn.map { row in
                CurvePlot.Series(
                    name: row.measure,
                    points: zip(found.epochs, row.correlations).map { epoch, correlation in
                        let estimate = try? correlation.outcome.get()
                        return .init(
                            x: Double(epoch), y: estimate?.value,
                            interval: estimate?.interval.map { $0.lower...$0.upper })
                    })
            },
            xScale: (found.epochs.last ?? 0) >= 16 * (found.epochs.first ?? 0) ? .logarithmic : .linear, yRange: -1...1,
            reference: 0,
            notes: ["Bars are 95 % intervals. Each epoch is over the networks that have the measure then."])
        return ReportSection([
            .heading(2, "Along training"),
            .paragraph(
                """
                \(counted(found.epochs.count, "snapshot")) of each network: the rank correlation of what a measure \
                says after so many epochs with \(code: found.target) in the end. The last column is that of the \
                networks themselves. Snapshots are no networks of their own, and count nowhere else in this report.
                """),
            .command([sql("SELECT * FROM snapshots", population)]),
            .table(table(found)),
            .picture(.curve, of: "along-training", saying: plot.title, plot),
        ])
    }

    private static func sql(_ query: String, _ population: Population) -> String {
        "basin sql " + "\(query) WHERE study = \(population.study.name.sqlText)".shellQuoted
    }

    /// Those that predict best in the end.
    private static let mostDrawnAlongTraining = 5

    private static func table(_ found: AlongTraining) -> Table {
        var table = Table(
            ["measure"] + found.epochs.map { Table.Column("epoch \($0)", format: .fixed(3)) }
                + [Table.Column("in the end", format: .fixed(3)), "predictor"])
        for row in found.rows {
            table.append(
                [.text(row.measure)]
                    + row.correlations.map { correlation in
                        switch correlation.outcome {
                        case .success(let estimate): .real(estimate.value)
                        case .failure(let reason): .missing("\(reason)")
                        }
                    } + [.text(row.mayPredict ? "yes" : "no")])
        }
        return table
    }
}
