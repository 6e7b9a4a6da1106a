import Results

/// Each measure's correlations with the target in every study of a family, beside the published ones.
package struct FamilyCorrelations: Sendable {
    /// One measure of one study.
    package struct Entry: Sendable {
        package let member: Int
        package let row: GroupedCorrelations.Row
        /// One a regime of the family; nil where the study lacks it.
        package let within: [Double?]
        /// nil where the study has a single regime.
        package let outcome: GroupedCorrelations.Outcome?
        package let published: Double?
    }

    package struct Measure: Sendable {
        package let name: String
        package let mayPredict: Bool
        /// The studies that have it, in the family's order.
        package let entries: [Entry]
    }

    package let family: StudyFamily
    /// The target that all studies have; nil where they have different ones.
    package let sharedTarget: String?
    /// Those that may be called predictors in the order of the columns, then others of which a correlation is
    /// published.
    package let measures: [Measure]

    /// - Parameter published: figures, one list a member.
    /// - Throws: `UnknownColumn`.
    package init(of family: StudyFamily, published: [[ReplicationRecord]]) throws(UnknownColumn) {
        let figures = published.map { records in
            records.map(\.published).filter { $0.kind == .correlation && $0.regime == nil }
        }
        var columns: [String] = []
        for member in family.members {
            for column in member.columns where member.mayPredict(column) && !columns.contains(column) {
                columns.append(column)
            }
        }
        for figure in figures.joined() where !columns.contains(figure.measure) { columns.append(figure.measure) }

        var found: [String: [Entry]] = [:]
        for (index, member) in family.members.enumerated() {
            let grouping = family.grouping(of: member)
            // A single group leaves the partial correlation as the raw one is.
            let single = Grouping(name: "regime", labels: member.models.map { $0.regime ?? "" }, numbers: nil)
            let grouped = try GroupedCorrelations(
                of: member, by: grouping ?? single, measures: columns.filter(member.columns.contains))
            for row in grouped.rows {
                let within = family.regimes.map { regime in
                    grouped.labels.firstIndex(of: regime).flatMap { row.within[$0].estimate }
                }
                let figure = figures[index].first {
                    $0.measure == row.measure && $0.target ?? grouped.target == grouped.target
                }
                found[row.measure, default: []].append(
                    Entry(
                        member: index, row: row, within: within, outcome: grouping == nil ? nil : row.outcome,
                        published: figure?.value))
            }
        }
        self.family = family
        sharedTarget = Set(family.members.map(\.study.target)).count == 1 ? family.members[0].study.target : nil
        measures = columns.compactMap { column in
            found[column].map { entries in
                Measure(name: column, mayPredict: entries.allSatisfy(\.row.mayPredict), entries: entries)
            }
        }
    }
}
