extension VerdictRule {
    /// What the measure adds to the baseline. Configurations that are many and repeated stay together in folds, and are
    /// then in the baseline by their factors' main effects: a fit knows nothing of a configuration that it has not seen.
    func gain(_ candidate: Candidate, _ evidence: Evidence, _ design: Design) -> Result<CrossFittedGain, UndefinedGain> {
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

    func sensitivity(_ candidate: Candidate, _ evidence: Evidence, _ design: Design) -> Verdict.Sensitivity? { nil }
}
