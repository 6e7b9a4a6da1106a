import Results

extension ReportSection {
    /// Published figures beside this study's own.
    static func replication(_ records: [ReplicationRecord]) -> ReportSection {
        guard !records.isEmpty else { return ReportSection([]) }
        var table = Table([
            "figure", Table.Column("published", format: .significant(7)), Table.Column("measured", format: .significant(7)),
            Table.Column("difference", format: .significant(2)), Table.Column("tolerance", format: .significant(2)), "agrees",
        ])
        for record in records {
            table.append([
                .text(name(record.published)), .real(record.published.value), Cell(record.measured),
                Cell(record.difference), Cell(record.published.tolerance),
                .text(record.agrees.map { $0 ? "yes" : "no" } ?? ""),
            ])
        }
        let judged = records.compactMap(\.agrees)
        return ReportSection([
            "## Replication: published, measured, difference", "",
            "\(judged.count { $0 }) of \(judged.count) figures with a stated tolerance agree. Figures without one are "
                + "shown for comparison.",
            "", table.render(.markdown),
        ])
    }

    /// What a figure is, in a few words.
    static func name(_ figure: PublishedRecord) -> String {
        let regime = figure.regime.map { ", \($0)" } ?? ""
        return switch figure.kind {
        case .correlation: "rho(\(figure.measure), \(figure.target ?? "target"))\(regime)"
        case .pValue: "p of rho(\(figure.measure), \(figure.target ?? "target"))\(regime)"
        case .model: "\(figure.measure) of seed \(figure.seed.map(String.init) ?? "?")\(regime)"
        case .mean, .minimum, .maximum: "\(figure.kind.rawValue) \(figure.measure)\(regime)"
        }
    }
}
