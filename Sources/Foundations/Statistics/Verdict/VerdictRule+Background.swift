extension VerdictRule {
    /// What the measure adds to the baseline. Configurations that are many and repeated stay together in folds, and are
    /// then in the baseline by their factors' main effects: a fit knows nothing of a configuration that it has not
    /// seen.
    func gain(_ candidate: Candidate, _ evidence: Evidence, _ design: Design) -> Result<CrossFittedGain, UndefinedGain>
    {
        let held = design.repeated == nil && design.holdsConfigurations ? design.allCategories : design.mainEffects
        let all = evidence.baseline ?? (held + evidence.confounders.map(\.column))
        let baseline = all.filter { $0.name != candidate.name && $0.name != evidence.target.name }
        let rows = CompleteRows(of: [candidate.column, evidence.target] + baseline)
        return crossFittedGain(
            of: rows.variable(candidate.column), beyond: baseline.map(rows.variable),
            target: rows.variable(evidence.target), groups: design.repeated.map(rows.parts), crossFitting: gain)
    }

    /// Of a column that is estimated, over the models that entered the raw correlation.
    ///
    /// - Parameter design: what is taken from it first; nil for nothing.
    func reliability(
        _ column: Column, _ errors: [Double?]?, beside other: Column, _ design: Design? = nil
    ) -> Result<Reliability, UndefinedReliability>? {
        guard let errors else { return nil }
        let errorColumn = Column("standard error", errors)
        let rows = CompleteRows(of: [column, other, errorColumn])
        var variable = rows.variable(column)
        if let design, variable.values.allSatisfy(\.isFinite) {
            let held = HeldColumns(
                design.controls(rows), x: variable.values, y: variable.values, flexibility)
            guard let left = held.remainder(of: variable.values) else {
                return .failure(.constant(variable: variable.name))
            }
            variable.values = left
        }
        return Statistics.reliability(of: variable, standardErrors: rows.variable(errorColumn).values)
    }

    /// What an unmeasured confounder would have to be to leave nothing of a correlation that all measured ones leave:
    /// on the residuals of ranks, with confounders as lines.
    func sensitivity(_ candidate: Candidate, _ evidence: Evidence, _ design: Design) -> Verdict.Sensitivity? {
        guard let all = design.conditions(for: candidate.name, target: evidence.target.name).last else { return nil }
        let columns = all.confounders.map(\.column)
        let rows = CompleteRows(of: [candidate.column, evidence.target] + columns)
        let variables = columns.map(rows.variable)
        let (x, y) = (rows.variable(candidate.column), rows.variable(evidence.target))
        guard objection(to: x, y, method: .spearman, given: variables) == nil else { return nil }
        let (ranksX, ranksY) = (centred(midranks(x.values)), centred(midranks(y.values)))
        let bare = HeldColumns(design.controls(rows), x: ranksX, y: ranksY, flexibility)
        let ranks = variables.filter { $0.constancy == nil }.map { midranks($0.values) }
        func held(_ columns: [[Double]]) -> HeldColumns {
            var held = bare
            held.add(columns)
            return held
        }
        /// The partial correlation of two columns; nil where nothing is left of one.
        func partial(_ a: [Double], _ b: [Double], given: [[Double]]) -> Double? {
            let held = held(given)
            guard let a = held.remainder(of: a), let b = held.remainder(of: b) else { return nil }
            return productMoment(a, b)
        }
        let degrees = held(ranks).residualDegrees - 1
        guard degrees > 1, let rho = partial(ranksX, ranksY, given: ranks), !isPerfect(rho) else { return nil }
        let t = rho * (Double(degrees) / (1 - rho * rho)).squareRoot()
        guard let value = try? robustnessValue(t: t, degreesOfFreedom: degrees, level: 1 - level).get() else {
            return nil
        }
        guard value.valueAtLevel > 0 else { return nil }
        let multiples = ranks.indices.compactMap { index -> (name: String, multiple: Double)? in
            let others = ranks.indices.filter { $0 != index }.map { ranks[$0] }
            guard let treatment = partial(ranksX, ranks[index], given: others),
                let outcome = partial(ranksY, ranks[index], given: others + [ranksX]), !isPerfect(treatment),
                !isPerfect(outcome),
                let least = try? BenchmarkCovariate(treatment: treatment * treatment, outcome: outcome * outcome)
                    .leastMultiple(t: t, degreesOfFreedom: degrees, level: 1 - level).get()
            else { return nil }
            return (variables.filter { $0.constancy == nil }[index].name, least.multiple)
        }
        let strongest = multiples.min { $0.multiple < $1.multiple }
        return Verdict.Sensitivity(
            robustnessValue: value.value, robustnessValueAtLevel: value.valueAtLevel, multiple: strongest?.multiple,
            benchmark: strongest?.name)
    }
}
