import Definitions
import Results
import Typography

extension ReportSection {
    /// How many published numbers this study's own agree with, and those that they do not.
    static func replication(_ records: [ReplicationRecord], of study: String) -> ReportSection {
        guard !records.isEmpty else { return ReportSection() }
        var table = Table([
            "figure", Table.Column("published", alignment: .right), Table.Column("measured", alignment: .right),
            Table.Column("difference", format: .significant(2)), Table.Column("tolerance", format: .significant(2)),
            "agrees",
        ])
        for record in records where record.agrees != true {
            table.append([
                .text(name(record.published)), published(record), measured(record), Cell(record.difference),
                Cell(record.published.tolerance),
                .text(record.agrees.map { $0 ? "yes" : "no" } ?? ""),
            ])
        }
        let judged = records.compactMap(\.agrees)
        let others = [
            (judged.count { !$0 }, "that does not", "that do not"),
            (records.count { $0.agrees == nil }, "that is shown for comparison", "that are shown for comparison"),
        ].filter { $0.0 > 0 }.map { count, one, several in "\(count) \(count == 1 ? one : several)" }
        return ReportSection(
            [
                .heading(2, "Replication: published, measured, difference"),
                .paragraph(
                    """
                    \(judged.count { $0 }) of \(judged.count) published figures with a tolerance agree\
                    \(others.isEmpty ? "." : "; \(others.joined(separator: ", and ")):")
                    """),
            ]
                + (table.rows.isEmpty
                    ? []
                    : [
                        .table(
                            table.asked(
                                .query(
                                    "kind, measure, target, regime, seed, published, measured, difference, agrees",
                                    from: "replication", of: [study])))
                    ]))
    }

    /// A published number with the digits that were published.
    static func published(_ record: ReplicationRecord) -> Cell {
        .text(written(record.published.value, decimals: decimals(record.published.value)))
    }

    /// The study's own number, with one digit more than the published one; counts as they are.
    static func measured(_ record: ReplicationRecord) -> Cell {
        guard let measured = record.measured else { return .missing }
        let digits = decimals(record.published.value)
        let isCount = digits == 0 && measured == measured.rounded()
        return .text(written(measured, decimals: isCount ? 0 : digits + 1))
    }

    /// With so many decimals, unless that would be zeros alone or a hundred digits.
    private static func written(_ number: Double, decimals: Int) -> String {
        let isReadable = number == 0 || decimals <= 17 && abs(number) < 1e15
        return isReadable ? NumberFormat.fixed(decimals).string(number) : NumberFormat.significant(4).string(number)
    }

    /// The decimals that a number was written with, if it was written without needless zeros.
    private static func decimals(_ number: Double) -> Int {
        guard number != number.rounded() else { return 0 }
        let parts = number.description.split(separator: "e")
        let fraction = parts[0].split(separator: ".").last?.count ?? 0
        return max(0, fraction - (parts.count > 1 ? Int(parts[1]) ?? 0 : 0))
    }

    /// What was published, in a few words.
    static func name(_ published: PublishedValue) -> String {
        let regime = published.regime.map { ", \($0)" } ?? ""
        return switch published.kind {
        case .correlation: "rho(\(published.measure), \(published.target ?? "target"))\(regime)"
        case .pValue: "p of rho(\(published.measure), \(published.target ?? "target"))\(regime)"
        case .model:
            """
            \(published.measure) of seed \
            \(published.seed.map(String.init) ?? "?")\(regime)\(published.variant.map { ", \($0)" } ?? "")
            """
        case .mean, .minimum, .maximum: "\(published.kind.rawValue) \(published.measure)\(regime)"
        }
    }
}
