import Analysis
import Definitions
import Results

extension ReportSection {
    /// Means, minima and maxima, published beside measured.
    static func publishedSummaries(_ family: StudyFamily, _ records: [[ReplicationRecord]]) -> ReportSection {
        published(family, records, title: "Published means and ranges") {
            [.mean, .minimum, .maximum].contains($0.kind)
        }
    }

    /// Single networks, published beside measured.
    static func publishedNetworks(_ family: StudyFamily, _ records: [[ReplicationRecord]]) -> ReportSection {
        published(family, records, title: "Published single networks") { $0.kind == .model }
    }

    private static func published(
        _ family: StudyFamily, _ records: [[ReplicationRecord]], title: Prose,
        where isWanted: (PublishedValue) -> Bool
    ) -> ReportSection {
        var table = Table([
            "study", "figure", Table.Column("published", alignment: .right),
            Table.Column("measured", alignment: .right), Table.Column("difference", format: .significant(2)),
            Table.Column("tolerance", format: .significant(2)), "agrees",
        ])
        var judged: [Bool] = []
        var found = 0
        for (member, values) in zip(family.members, records) {
            for record in values where isWanted(record.published) {
                if let agrees = record.agrees { judged.append(agrees) }
                found += 1
                // Those that agree are a count.
                if record.agrees == true { continue }
                table.append([
                    .text(member.study.name), .text(name(record.published)), Self.published(record), measured(record),
                    Cell(record.difference), Cell(record.published.tolerance),
                    .text(record.agrees.map { $0 ? "yes" : "no" } ?? ""),
                ])
            }
        }
        guard found > 0 else { return ReportSection() }
        return ReportSection(
            [
                .heading(2, title),
                .paragraph(
                    """
                    \(judged.count { $0 }) of \(judged.count) figures with a stated tolerance agree\
                    \(table.rows.isEmpty ? "." : "; the others, and those without one:")
                    """),
            ] + (table.rows.isEmpty ? [] : [.table(table)]))
    }
}
