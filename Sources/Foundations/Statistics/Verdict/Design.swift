/// How a study's design and confounders are held fixed: decided once, for all its measures.
struct Design {
    private let configurations: [String?]?
    private let factors: [Factor]
    private let confounders: [Confounder]
    private let duplicates: [String: String]
    /// The seed of each model, where configurations share them.
    private let seeds: [UInt64]?
    /// Whether there are so many seeds that they change places as wholes; fewer are held fixed where they matter.
    private let exchangesSeeds: Bool
    /// Whether whole configurations are held fixed as categories; true where there is nothing to hold. Otherwise their
    /// factors' main effects are, with the interactions that the data carry.
    let holdsConfigurations: Bool
    /// What a table calls it: "configuration", or the factors.
    let names: [String]
    /// The configurations, where they are many and repeated, so that whole ones change places and are drawn again.
    let repeated: [String?]?

    init(of evidence: Evidence, _ flexibility: Flexibility, leastConfigurations: Int) {
        configurations = evidence.configurations
        factors = evidence.factors
        confounders = evidence.confounders
        duplicates = evidence.duplicates
        let levels = Set(configurations ?? []).count
        let distinct = Set(evidence.seeds ?? []).count
        seeds = levels > 1 && distinct > 1 && distinct < evidence.target.values.count ? evidence.seeds : nil
        exchangesSeeds = distinct >= leastConfigurations
        // Two columns a confounder is the least that a curve takes.
        let least = levels + 2 * evidence.confounders.count + 1 + flexibility.leastResidual
        holdsConfigurations = configurations == nil || evidence.target.values.count >= least
        names = factors.count > 1 && holdsConfigurations ? ["configuration"] : factors.map(\.name)
        repeated = configurations.flatMap { resampledConfigurations($0, least: leastConfigurations) }
    }

    /// What is held fixed at once.
    struct Condition: Hashable {
        let names: [String]
        let confounders: [Confounder]
    }

    /// The design alone, each confounder with it, and all of them with it. No column is a condition for itself, nor for
    /// the same quantity under another name.
    func conditions(for measure: String, target: String) -> [Condition] {
        let same = [measure, duplicates[measure]].compactMap(\.self)
        let others = confounders.filter { !same.contains($0.name) && $0.name != target }
        var conditions = factors.isEmpty ? [] : [Condition(names: names, confounders: [])]
        conditions += others.map { Condition(names: names + [$0.name], confounders: [$0]) }
        if others.count > 1 { conditions.append(Condition(names: names + others.map(\.name), confounders: others)) }
        return conditions
    }

    /// The design over some rows, without confounders.
    func controls(_ rows: CompleteRows) -> Controls {
        let isExchanged = if case .seeds = exchange(rows) { true } else { false }
        return Controls(
            categories: categories(rows), factors: factors.map { numbered(rows.labels($0.labels)) },
            holdsMainEffects: !holdsConfigurations, seeds: isExchanged ? nil : seeds.map { numbered(rows.of($0)) },
            confounders: [])
    }

    /// The rows that may change places with the design held fixed: whole seeds, where they are many and all of them
    /// have the same configurations; else rows of a configuration. A seed that lacks a network has no other one to
    /// change places with.
    func exchange(_ rows: CompleteRows) -> Exchange {
        guard let categories = categories(rows) else { return .rows }
        guard exchangesSeeds, let seeds = seeds.map({ numbered(rows.of($0)) }) else { return .within(categories) }
        var patterns: Set<[Int]> = []
        for part in rowsByBlock(seeds, count: seeds.count) {
            patterns.insert(part.rows.map { categories[$0] }.sorted())
        }
        return patterns.count == 1 ? .seeds(seeds, of: categories) : .within(categories)
    }

    private func categories(_ rows: CompleteRows) -> [Int]? {
        holdsConfigurations ? configurations.map { numbered(rows.labels($0)) } : nil
    }

    /// The factors' levels as columns of 0 and 1.
    var mainEffects: [Column] {
        factors.flatMap { factor in indicators(factor.name, factor.labels.map { $0 ?? "-" }) }
    }

    var allCategories: [Column] { configurations.map { indicators("configuration", $0) } ?? [] }
}

extension VerdictRule {
    /// How the design is held fixed: under which names, and whether as whole configurations.
    public func design(of evidence: Evidence) -> (names: [String], holdsConfigurations: Bool) {
        let design = Design(of: evidence, flexibility, leastConfigurations: leastConfigurations)
        return (design.names, design.holdsConfigurations)
    }

    /// The partial rank correlation given the design alone, held fixed as verdicts hold it.
    public func correlation(of column: Column, with target: Column, given factors: [Factor]) -> Correlation {
        let evidence = Evidence(target: target, candidates: [Candidate(column)], factors: factors)
        let design = Design(of: evidence, flexibility, leastConfigurations: leastConfigurations)
        let condition = Design.Condition(names: design.names, confounders: [])
        let candidate = evidence.candidates[0]
        let tried = Tried(candidate: candidate, raw: raw(candidate, evidence, design), stands: false)
        return Held.each(condition, [tried], evidence, design, self)[0].partial
    }
}
