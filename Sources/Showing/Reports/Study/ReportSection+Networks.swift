import Analysis
import Plots
import Statistics

extension ReportSection {
    /// More networks than this are thinned: a picture of them shows no more, and the page stays small.
    private static let mostNetworks = 3000

    /// The networks themselves, for a reader who wants to choose what to see.
    static func networks(
        _ population: Population, _ verdicts: StudyVerdicts, _ health: Health?, chosen: String?
    ) throws -> ReportSection {
        guard let chosen else { return ReportSection() }
        let total = population.models.count
        let rows = evenlyChosen(of: total, most: mostNetworks)
        let groupings = (population.configuration.map { [$0] } ?? []) + population.groupings
        // What has more values than that is held fixed as a column, if at all.
        let factors = groupings.filter { $0.distinctLabels.count <= 200 }.map { grouping in
            let places = Dictionary(
                grouping.distinctLabels.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
            return NetworkData.Factor(
                name: grouping.name, labels: grouping.distinctLabels,
                places: rows.map { row in grouping.labels[row].flatMap { places[$0] } })
        }
        let words = Dictionary(
            verdicts.rows.map { ($0.verdict.measure, $0.verdict.word?.rawValue) },
            uniquingKeysWith: { first, _ in first })
        let columns = try population.columns.map { column in
            let values = try population.values(column)
            return NetworkData.Column(
                name: column, isPredictor: population.mayPredict(column), word: words[column] ?? nil,
                values: rows.map { values[$0] })
        }
        let collapsed = Set(health?.collapsedRows ?? [])
        return ReportSection([
            .networks(
                NetworkData(
                    study: population.study.name, target: verdicts.target, chosen: chosen,
                    seeds: rows.map { population.models[$0].seed }, factors: factors.sortedByLabels(), columns: columns,
                    collapsed: rows.indices.filter { collapsed.contains(rows[$0]) }, total: total,
                    remark: RestrictionText(of: [population]).map { "\($0.lead): \($0.sentence)." }))
        ])
    }
}

extension [NetworkData.Factor] {
    /// Those of few values first: the first colours the picture that a reader sees.
    fileprivate func sortedByLabels() -> [NetworkData.Factor] {
        filter { $0.labels.count <= 8 } + filter { $0.labels.count > 8 }
    }
}
