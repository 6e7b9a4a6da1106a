extension VerdictRule {
    func trial(_ held: Held, raw: Raw, stands: Bool, corrected: Double?) -> Verdict.Trial {
        func trial(_ outcome: Verdict.Trial.Outcome) -> Verdict.Trial {
            Verdict.Trial(
                names: held.condition.names, partial: held.partial, curved: held.curved, correctedPValue: corrected,
                noisy: held.noisy, finest: held.finest, change: held.change, outcome: outcome)
        }
        guard let rho = raw.correlation.estimate else { return trial(.notApplicable(.noRawCorrelation)) }
        switch held.curved {
        case .failure(.determined) where stands:
            return trial(held.isDetermined ? .lost : .indistinct(shareLeft: 0))
        case .failure(let undefined):
            return trial(.notApplicable(.undefined(undefined)))
        case .success(let test):
            guard stands else { return trial(.open) }
            let isTold = held.stated.map { $0.pValue < level && $0.sign * rho > 0 } ?? true
            let isThere = rho * test.value > 0 && test.pValue < level && isTold
            func survived() -> Verdict.Trial {
                guard isThere else { return trial(.open) }
                return trial(isResolved(held.finest, sign: rho) ? .survived : .unresolved)
            }
            if !held.isLess(test, raw, self) { return survived() }
            if rho * test.value < 0, (corrected ?? 1) < level { return trial(.reversed) }
            guard let left = held.slope, refutes(left, test, raw) else {
                return trial(isThere || test.shareLeft > 0.1 ? .open : .indistinct(shareLeft: test.shareLeft))
            }
            guard let change = held.change else { return trial(.open) }
            guard change.pValue < level else { return survived() }
            return trial(isThere ? .weakened : .lost)
        }
    }

    /// Whether a correlation of this sign is still told from nothing if confounders are held as finely as the rows
    /// bear.
    func isResolved(_ finest: Verdict.Trial.Finest?, sign: Double) -> Bool {
        finest.map { $0.pValue < level && $0.value * sign > 0 } ?? true
    }

    /// Whether the slope of what is left refutes that of the raw correlation: it lies outside of its interval.
    func refutes(_ left: (value: Double, error: Double), _ test: ResidualTest, _ raw: Raw) -> Bool {
        guard let whole = raw.whole else { return true }
        let reach = studentQuantile(level: 1 - level, degreesOfFreedom: Double(test.degreesOfFreedom))
        return abs(left.value - whole) > left.error * reach
    }

    /// Whether a correlation of this sign is still told from nothing if what was held fixed is known with noise.
    ///
    /// At half the level: beyond its degree a curve of a noisy confounder is not corrected for.
    func survives(_ noisy: Verdict.Trial.Noisy, sign: Double) -> Bool {
        noisy.pValue < level / 2 && noisy.sign * sign > 0
    }
}
