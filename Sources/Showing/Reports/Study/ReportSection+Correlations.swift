import Analysis
import Measures
import Plots
import Results
import Statistics
import Typography

extension ReportSection {
    /// The chosen measure against the target.
    static func chosen(_ chosen: String?, _ population: Population, _ correlations: MeasureCorrelations) throws
        -> ReportSection
    {
        let pictures = try pictures(population, correlations) { $0 == chosen }
        return ReportSection(pictures.map { .picture($0) })
    }

    /// A picture for each other measure against the target.
    static func scatters(
        _ population: Population, _ correlations: MeasureCorrelations, besides chosen: String?
    ) throws -> ReportSection {
        let pictures = try pictures(population, correlations, mostDrawn: mostInGallery) { $0 != chosen }
        let heading = Block.heading(2, "Each measure against \(correlations.target)")
        return ReportSection(pictures.isEmpty ? [] : [heading, .gallery(pictures)])
    }

    /// Points of a picture that stands among many: with 3,000 each a page of 40 measures would have 6 MB.
    private static let mostInGallery = 1000

    private static func pictures(
        _ population: Population, _ correlations: MeasureCorrelations, mostDrawn: Int? = nil,
        where isWanted: (String) -> Bool
    ) throws -> [Illustration] {
        var pictures: [Illustration] = []
        let targets = try population.values(correlations.target)
        let accuracies = population.column(for: .trainingAccuracy).flatMap { try? population.values($0) }
        // One factor for all pictures, so that a colour means the same in each.
        let colours = population.mostTellingGrouping(
            of: correlations.target, correlations.rows.filter(\.mayPredict).map(\.measure))
        let labels = colours?.distinctLabels ?? []
        // A number says little without its name.
        let names = labels.map { label in
            Double(label) == nil ? label : "\(colours?.name ?? "") \(label)"
        }
        for row in correlations.rows where isWanted(row.measure) {
            let points = zip(try population.values(row.measure), targets).enumerated().map { index, pair in
                ScatterPlot.Point(
                    x: pair.0, y: pair.1, isMarked: accuracies?[index].map { $0 < 1 } ?? false,
                    group: colours?.labels[index].flatMap(labels.firstIndex))
            }
            var plot = ScatterPlot(
                title: "\(row.measure) and \(correlations.target)", xLabel: row.measure, yLabel: correlations.target,
                points: points, subtitle: row.correlation.plotText, classNames: ("memorised", "not memorised"),
                groups: names
            )
            if let mostDrawn { plot.mostDrawn = mostDrawn }
            pictures.append(
                Illustration(
                    .scatter, of: [row.measure], saying: "\(row.measure) against \(correlations.target)", plot.picture()
                ))
        }
        return pictures
    }

    /// Which measures rank alike, and all their rank correlations.
    static func clusters(_ clusters: MeasureClusters) -> ReportSection {
        let threshold = NumberFormat.fixed(1).string(MeasureClusters.threshold)
        let plot = MatrixPlot(
            title: "Rank correlations between the measures", names: clusters.names, values: clusters.correlations)
        let worth: Prose =
            clusters.independent.map { count, number in
                """
                 The \(count) that were tried and rank against each other are worth about \
                \(NumberFormat.fixed(0).string(number)) independent ones (Li and Ji 2005): a guide, as p values are \
                corrected by permutation, which takes their dependence into account.
                """
            } ?? ""
        return ReportSection([
            .heading(2, "Measures that rank alike"),
            .paragraph(
                """
                Any two measures of a cluster have a rank correlation of at least \(threshold) in size: they are one \
                witness, not several. A cluster has the name of its middle, the member that the others are most \
                like.\(worth)
                """),
            .table(clusters.table),
            .picture(.matrix, saying: "Matrix of the measures' own rank correlations, clusters side by side", plot),
        ])
    }
}
