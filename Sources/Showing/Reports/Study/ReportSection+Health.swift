import Analysis
import Statistics
import Typography

extension ReportSection {
    /// That most networks did not finish; nothing where they did.
    static func warning(_ population: Population, _ health: Health?) -> ReportSection {
        guard let warning = health.flatMap({ HealthText($0, of: population).warning }) else { return ReportSection() }
        return ReportSection([.paragraph(warning)])
    }

    /// How the networks came out, in a line where all is well; nothing for models that were chosen.
    static func health(_ population: Population, _ health: Health?) -> ReportSection {
        guard let health else { return ReportSection() }
        let text = HealthText(health, of: population)
        let table = text.table.map { table in
            Block.folded(
                """
                \(table.rows.count) \(table.rows.count == 1 ? "configuration" : "configurations") of which something \
                is not well
                """, [.table(table)])
        }
        return ReportSection([.paragraph(Prose(text.summary))] + (table.map { [$0] } ?? []))
    }

    /// What the verdicts are without the networks that learned nothing, where there are any.
    static func verdictsWithoutCollapsed(
        _ population: Population, _ health: Health?, beside verdicts: StudyVerdicts
    ) throws -> ReportSection {
        guard let health, let without = try VerdictsWithoutCollapsed(of: population, health, beside: verdicts) else {
            return ReportSection()
        }
        let who =
            without.count == 1 ? "Without the network at chance" : "Without the \(without.count) networks at chance"
        let lead: Prose =
            without.changes.isEmpty
            ? "\(strong: who) every verdict has the same word."
            : """
            \(strong: who) \(without.changes.count) of \(verdicts.rows.count) verdicts \
            \(without.changes.count == 1 ? "has" : "have") another word:
            """
        return ReportSection(
            [.paragraph(lead)] + (without.changes.isEmpty ? [] : [.list(without.changes.map(sentence))])
                + [
                    .command([
                        "basin verdict \(population.study.name.shellWord)\(population.whereOption) --without-collapsed"
                    ])
                ])
    }

    private static func sentence(_ change: VerdictsWithoutCollapsed.Change) -> Prose {
        func word(_ verdict: Verdict) -> String { verdict.word?.rawValue ?? "without a verdict" }
        func numbers(_ verdict: Verdict) -> String {
            let rho = verdict.raw.estimate.map { "rho \(signed($0)) " } ?? ""
            return "\(rho)over \(verdict.raw.count) networks"
        }
        return """
            \(code: change.measure) is \(strong: word(change.without)) without them (\(numbers(change.without))), \
            \(word(change.with)) with them (\(numbers(change.with))).
            """
    }
}
