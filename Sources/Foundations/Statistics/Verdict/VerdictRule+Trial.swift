extension VerdictRule {
    /// The raw correlation against the partial one given the design alone, then given each confounder with it, then
    /// given all of them; a column is no condition for itself.
    func trials(
        of candidate: Candidate, _ evidence: Evidence, raw: Correlation, stands: Bool, hiddenP: Double?
    ) -> [Verdict.Trial] {
        let alone = evidence.design.map { design in
            [
                trial(
                    of: candidate.column, with: evidence.target, given: design, raw: raw, stands: stands,
                    hiddenP: hiddenP)
            ]
        }
        var conditions = evidence.confounders.filter { $0.name != candidate.name && $0.name != evidence.target.name }
        let kinships = conditions.map { kinship(candidate.column, $0) }
        if let first = conditions.first, conditions.count > 1 {
            conditions.append(conditions.dropFirst().reduce(first) { $0.and($1) })
        }
        let held = zip(conditions, kinships + [kinships.compactMap(\.self).first])
        return (alone ?? [])
            + held.map { confounder, kinship in
                trial(
                    of: candidate.column, with: evidence.target, given: evidence.design?.and(confounder) ?? confounder,
                    raw: raw,
                    stands: stands, kinship: kinship)
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
        // What is constant in these rows holds nothing fixed, and must not count as a column.
        let covariates = given.map(rows.variable).filter {
            $0.values.allSatisfy(\.isFinite) ? $0.constancy == nil : true
        }
        let (x, y) = (rows.variable(column), rows.variable(target))
        return (correlate(x, y, given: covariates), x, y, covariates)
    }

    /// Holds a raw correlation against the partial one.
    ///
    /// - Parameters:
    ///   - stands: whether the raw correlation does, after correction.
    ///   - kinship: the rank correlation of a confounder with the column, where it is nearly the same.
    ///   - hiddenP: p of the partial correlation after correction, where the condition may hide a correlation; nil for
    ///     no such
    ///     question.
    public func trial(
        of column: Column, with target: Column, given condition: Condition, raw: Correlation, stands: Bool,
        kinship: Double? = nil, hiddenP: Double? = nil
    ) -> Verdict.Trial {
        let found = partial(column, target, condition.columns)
        func trial(_ outcome: Verdict.Trial.Outcome, _ change: DisagreementTest? = nil) -> Verdict.Trial {
            Verdict.Trial(names: condition.names, partial: found.correlation, change: change, outcome: outcome)
        }
        func refuted(_ outcome: Verdict.Trial.Outcome, _ change: DisagreementTest? = nil) -> Verdict.Trial {
            trial(kinship.map(Verdict.Trial.Outcome.indistinct) ?? outcome, change)
        }
        guard let rho = raw.estimate else { return trial(.notApplicable(.noRawCorrelation)) }
        switch found.correlation.outcome {
        case .failure(.determined) where stands:
            return refuted(.lost)
        case .failure(let undefined):
            return trial(.notApplicable(.undefined(undefined)))
        case .success(let partial):
            if !stands, (hiddenP ?? 1) >= level { return trial(.open) }
            let isThere = rho * partial.value > 0 && partial.pValue < level
            let isLess = rho * partial.value < remainingShare * rho * rho
            if stands, !isLess { return trial(isThere ? .survived : .open) }
            guard case .success(let change) = disagreementTest(found.x, found.y, given: found.given, permutation)
            else { return trial(.open) }
            guard change.pValue < level else { return trial(stands && isThere ? .survived : .open, change) }
            return stands ? refuted(isThere ? .weakened : .lost, change) : trial(.hidden, change)
        }
    }
}
