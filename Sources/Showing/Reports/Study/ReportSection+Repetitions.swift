import Plots
import Analysis
import Results
import Statistics
import Typography

extension ReportSection {
    /// Pictures of so many predictors, the strongest ones, show every repetition.
    private static let mostPictures = 3

    /// For each hyperparameter that repeats the study on other data: correlations pooled over the repetitions.
    static func repetitions(_ population: Population, target: String) throws -> [ReportSection] {
        var sections: [ReportSection] = []
        for name in Repetitions.repeating where population.groupings.contains(where: { $0.name == name }) {
            let found = try Repetitions(of: population, over: name, target: target)
            sections.append(numbers(found, population))
            sections.append(
                ReportSection(
                    found.rows.filter(\.mayPredict).prefix(mostPictures).compactMap { row in
                        plot(row, found).map {
                            .picture(.repetitions, of: name, row.measure, saying: $0.title, $0)
                        }
                    }))
        }
        return sections
    }

    private static func numbers(_ found: Repetitions, _ population: Population) -> ReportSection {
        let sentences = found.rows.filter(\.mayPredict).compactMap(sentence)
        return ReportSection(
            [
                .heading(2, "Over repetitions by \(found.over)"),
                .paragraph(
                    """
                    The same study \(found.names.count) times. \(code: "rho") is the mean rank correlation with \
                    \(code: found.target) of a repetition (random effects, Fisher's z, Paule and Mandel), \
                    \(code: "low") and \(code: "high") its 95 % interval (Hartung and Knapp); \(code: "next_low") and \
                    \(code: "next_high") are where another repetition's true correlation is to be expected; what is \
                    measured there scatters more. \(code: "tau") is the spread of the true correlations on Fisher's \
                    scale, \(code: "i_squared") the share of the spread that is not chance.
                    """),
                .command([
                    "basin meta \(population.study.name.shellWord) --over \(found.over.shellWord)"
                        + population.whereOption
                ]),
                .table(found.table),
            ] + (sentences.isEmpty ? [] : [.list(sentences)]))
    }

    private static func sentence(_ row: Repetitions.Row) -> Prose? {
        guard let pooled = try? row.pooled.get(), let agreeing = row.agreeing,
            let interval = pooled.pauleMandel.interval
        else { return nil }
        let mean = pooled.pauleMandel.mean
        let next = pooled.pauleMandel.predictionInterval.map {
            $0.lower <= 0 && $0.upper >= 0
                ? """
                , and another repetition's true one may have the other sign (\(signed($0.lower)) to \
                \(signed($0.upper)))
                """
                : ", and another repetition's true one is expected at \(signed($0.lower)) to \(signed($0.upper))"
        }
        let holds = interval.lower > 0 || interval.upper < 0
        return """
            \(code: row.measure): \(signed(mean)) (\(signed(interval.lower)) to \(signed(interval.upper))) in a \
            typical repetition, of its sign in \(agreeing) of \
            \(row.correlations.count - row.leftOut)\(holds ? next ?? "" : ": no correlation is shown").
            """
    }

    /// Every repetition's correlation with its interval.
    private static func plot(_ row: Repetitions.Row, _ found: Repetitions) -> RankingPlot? {
        guard let pooled = try? row.pooled.get() else { return nil }
        let entries = zip(found.names, row.correlations).map {
            (
                name: "\(found.over) \($0)", correlation: $1, adjustedPValue: Double?.none,
                judgement: RankingPlot.Judgement?.none
            )
        }
        var notes: [String] = []
        if let next = pooled.pauleMandel.predictionInterval {
            notes.append(
                """
                Mean \(signed(pooled.pauleMandel.mean)); another repetition's true correlation is expected at \
                \(signed(next.lower)) to \(signed(next.upper)).
                """
            )
        }
        return RankingPlot(
            title: "\(row.measure) and \(found.target), repetition by repetition", correlations: entries, notes: notes)
    }
}
