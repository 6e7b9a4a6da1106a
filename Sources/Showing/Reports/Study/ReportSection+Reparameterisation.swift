import Plots
import Analysis
import Results
import Typography

extension ReportSection {
    /// Networks beside copies with other weights and the same function: which measures can be moved at will.
    static func reparameterisation(_ population: Population) throws -> ReportSection {
        guard !population.copies.isEmpty else { return ReportSection() }
        let found = Reparameterisation(of: population)
        guard !found.copies.isEmpty || !found.orphans.isEmpty else { return ReportSection() }
        var blocks: [Block] = [
            .heading(2, "Reparameterised copies"),
            .paragraph(
                """
                Each copy computes the function of its network with rescaled weights. A measure that changes here says \
                something of the weights, not of the function.
                """),
        ]
        if !found.copies.isEmpty {
            blocks += [
                .paragraph(
                    """
                    A measure claims to be invariant to layer rescaling or does not; what was measured is the largest \
                    relative change over all copies. Up to \
                    \(NumberFormat.significant(1).string(Reparameterisation.threshold)) counts as rounding.
                    """),
                .table(outcomes(found)),
                .paragraph(
                    "Every value, with its ratio to that of the network where they are not the same to the last bit:"),
                .table(values(found)),
            ]
        }
        if !found.orphans.isEmpty {
            blocks.append(
                .paragraph(
                    """
                    Without their network in this study, so not compared: \
                    \(found.orphans.map(\.label).joined(separator: ", ")).
                    """))
        }
        for outcome in found.outcomes where (outcome.largestChange ?? 0) > Reparameterisation.threshold {
            guard let plot = plot(outcome.measure, found) else { continue }
            blocks.append(.picture(.curve, of: "rescaled", outcome.measure, saying: plot.title, plot))
        }
        return ReportSection(blocks)
    }

    private static func outcomes(_ found: Reparameterisation) -> Table {
        var table = Table([
            "measure", "claims invariance", Table.Column("copies"),
            Table.Column("largest relative change", format: .significant(3)), "in", "verdict",
        ])
        for outcome in found.outcomes {
            table.append([
                .text(outcome.measure), .text(outcome.claimsInvariance.map { $0 ? "yes" : "no" } ?? "unknown"),
                .integer(outcome.count), Cell(outcome.largestChange),
                outcome.largestChange == 0 ? .missing : Cell(outcome.worst?.copy.label), .text(text(outcome.stability)),
            ])
        }
        return table
    }

    private static func text(_ stability: Reparameterisation.Outcome.Stability) -> String {
        switch stability {
        case .invariant: "stays, as claimed"
        case .contradicted: "changes, against its claim"
        case .variant: "changes, and does not claim otherwise"
        case .unchanged: "stays, though it claims nothing"
        case .unknown: "unknown"
        }
    }

    /// A row for each network, followed by its copies.
    private static func values(_ found: Reparameterisation) -> Table {
        var table = Table(
            ["network", "variant"] + found.columns.map { Table.Column($0, alignment: .right) })
        let format = NumberFormat.significant(5)
        var last: ModelRecord.ID?
        for copy in found.copies {
            if copy.base.id != last {
                table.append(
                    [.text(copy.base.label), .text("as trained")]
                        + found.columns.map { column in
                            Cell(copy.before[column].map(format.string))
                        })
                last = copy.base.id
            }
            table.append(
                [.text(copy.base.label), .text(copy.copy.variant ?? "")]
                    + found.columns.map { column in
                        Cell(
                            copy.after[column].map { after in
                                let ratio =
                                    copy.ratio(column).map { " (×\(NumberFormat.significant(4).string($0)))" } ?? ""
                                return format.string(after) + (after == copy.before[column] ? "" : ratio)
                            })
                    })
        }
        return table
    }

    /// A measure over the factor, a curve for each network and layer that begins at the network itself; nil where no
    /// copy states its factor.
    private static func plot(_ column: String, _ found: Reparameterisation) -> CurvePlot? {
        var series: [CurvePlot.Series] = []
        for copy in found.copies {
            guard let factor = copy.factor else { continue }
            let name = copy.base.label + (copy.layer.map { ", layer \($0)" } ?? "")
            let point = CurvePlot.Point(x: factor, y: copy.after[column])
            if let index = series.firstIndex(where: { $0.name == name }) {
                series[index].points.append(point)
            } else {
                series.append(.init(name: name, points: [.init(x: 1, y: copy.before[column]), point]))
            }
        }
        guard !series.isEmpty else { return nil }
        return CurvePlot(
            title: "\(column) of the same function, rescaled", xLabel: "factor of the layer's weights", yLabel: column,
            series: series, xScale: .logarithmic, yScale: .logarithmic,
            notes: ["At factor 1 stands the network as trained."])
    }
}
