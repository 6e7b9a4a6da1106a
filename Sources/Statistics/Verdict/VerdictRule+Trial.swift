extension VerdictRule {
    /// The raw correlation against the partial one given the design alone, then given each confounder with it; a column is no
    /// condition for itself.
    func trials(
        of candidate: Candidate, _ evidence: Evidence, raw: Correlation, stands: Bool, hiddenP: Double?
    ) -> [Verdict.Trial] {
        let alone = evidence.design.map { design in
            [trial(of: candidate.column, with: evidence.target, given: design, raw: raw, stands: stands, hiddenP: hiddenP)]
        }
        let others = evidence.confounders.filter { $0.name != candidate.name && $0.name != evidence.target.name }
        return (alone ?? []) + others.map { confounder in
            let name = evidence.design.map { "\($0.name), \(confounder.name)" } ?? confounder.name
            return trial(
                of: candidate.column, with: evidence.target,
                given: Condition(name, (evidence.design?.columns ?? []) + confounder.columns), raw: raw, stands: stands,
                kinship: kinship(candidate.column, confounder))
        }
    }

    /// The rank correlation with a confounder that is nearly the same; nil otherwise.
    private func kinship(_ column: Column, _ confounder: Condition) -> Double? {
        guard confounder.columns.count == 1 else { return nil }
        let rows = CompleteRows(of: [column, confounder.columns[0]])
        let rho = correlate(rows.variable(column), rows.variable(confounder.columns[0])).estimate
        return rho.flatMap { abs($0) >= sameness ? $0 : nil }
    }

    func partial(
        _ column: Column, _ target: Column, _ given: [Column]
    ) -> (correlation: Correlation, x: Variable, y: Variable, given: [Variable]) {
        let rows = CompleteRows(of: [column, target] + given)
        let (x, y, covariates) = (rows.variable(column), rows.variable(target), given.map(rows.variable))
        return (correlate(x, y, given: covariates), x, y, covariates)
    }

    /// Holds a raw correlation against the partial one.
    ///
    /// - Parameters:
    ///   - stands: whether the raw correlation does, after correction.
    ///   - kinship: the confounder's rank correlation with the column, where it is nearly the same.
    ///   - hiddenP: p of the partial correlation after correction, where the condition may hide a correlation; nil for no such
    ///     question.
    public func trial(
        of column: Column, with target: Column, given condition: Condition, raw: Correlation, stands: Bool,
        kinship: Double? = nil, hiddenP: Double? = nil
    ) -> Verdict.Trial {
        let found = partial(column, target, condition.columns)
        let lost = kinship.map(Verdict.Trial.Outcome.indistinct) ?? .lost
        func trial(_ outcome: Verdict.Trial.Outcome, _ change: DisagreementTest? = nil) -> Verdict.Trial {
            Verdict.Trial(condition: condition.name, partial: found.correlation, change: change, outcome: outcome)
        }
        guard let rho = raw.estimate else { return trial(.notApplicable("There is no raw correlation.")) }
        switch found.correlation.outcome {
        case .failure(.determined(let variable, _)) where variable == column.name && stands:
            return trial(lost)
        case .failure(let undefined):
            return trial(.notApplicable(undefined.description))
        case .success(let estimate):
            let isSame = rho * estimate.value > 0
            if stands, isSame, estimate.pValue < level { return trial(.survived) }
            if !stands, (hiddenP ?? 1) >= level { return trial(.open) }
            guard case .success(let change) = disagreementTest(found.x, found.y, given: found.given, permutation)
            else { return trial(.open) }
            let isLess = rho * estimate.value < remainingShare * rho * rho
            guard change.pValue < level else { return trial(.open, change) }
            return trial(stands ? (isLess ? lost : .open) : .hidden, change)
        }
    }
}
