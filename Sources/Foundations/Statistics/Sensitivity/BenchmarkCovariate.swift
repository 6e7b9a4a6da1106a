import Glibc

/// A covariate that was measured, as a measure of one that was not (Cinelli and Hazlett 2020, section 4.4): "k times as
/// strong as this one".
public struct BenchmarkCovariate: Sendable, Hashable {
    /// R²(D~Xj|X-j): what it explains of the treatment, given the other covariates. In 0..<1.
    public let treatment: Double
    /// R²(Y~Xj|D,X-j): what it explains of the outcome, given treatment and the other covariates. In 0..<1.
    public let outcome: Double

    public init(treatment: Double, outcome: Double) {
        self.treatment = treatment
        self.outcome = outcome
    }

    /// How strong a confounder k times as strong as the benchmark, with treatment and outcome, is at most.
    ///
    /// With f² = R²/(1 - R²), where Z is independent of X:
    ///
    ///     R²(D~Z|X) = k f²(D~Xj|X-j)
    ///     R²(Y~Z|D,X) ≤ ((√k + √r)/√(1 - r))² f²(Y~Xj|D,X-j), r = k R⁴/((1 - k R²)(1 - R²)), R² = R²(D~Xj|X-j)
    ///
    /// A bound above 1 says nothing, and is 1.
    /// - Returns: the strengths, or that there is no such confounder.
    /// - Precondition: k is a number, 0 or more.
    public func strength(times k: Double) -> Result<ConfounderStrength, UndefinedSensitivity> {
        precondition(k >= 0 && k.isFinite, "\(k) times a benchmark")
        if let objection { return .failure(objection) }
        let share = k * treatmentF2
        // At k f² = 1 the share r below is 1, too.
        guard share < 1 else { return .failure(.impossible(k, below: largestMultiple)) }
        let r = k * treatment * treatment / ((1 - k * treatment) * (1 - treatment))
        let root = k.squareRoot() + r.squareRoot()
        let bound = r < 1 ? root * root / (1 - r) * outcomeF2 : 1
        return .success(ConfounderStrength(treatment: share, outcome: min(bound, 1)))
    }

    /// The least k at which a confounder no more than k times as strong as the benchmark can leave a coefficient that
    /// is not told from zero.
    ///
    /// Up to k, every R²(D~Z|X) below k f² and every R²(Y~Z|D,X) below its bound is tried, since what explains most of
    /// the outcome is not always worst: it takes the residual variance away, too, and with it the standard error (the
    /// case that RV_{q,alpha} has for f > 1/f*). For given sin²α of the treatment the least t is at sin²β of the
    /// outcome with sin β = tan α/f, or at the bound if that is less. Where it is the bound, as for a benchmark that is
    /// not much closer to the outcome than to the treatment, this is the k at which the t of `adjustedCoefficient` at
    /// `strength(times:)` reaches its critical value.
    ///
    /// - Parameters:
    ///   - t: of the coefficient without the confounder.
    ///   - degreesOfFreedom: of the residuals without it.
    /// - Returns: the multiple, by bisection to the last bit, or why there is none: `notSignificant` for a t that is
    ///   below its critical value without a confounder, `unrelatedBenchmark` where none does harm.
    /// - Precondition: a level between 0 and 1.
    /// - Complexity: some 60 evaluations of a closed form.
    public func leastMultiple(
        t: Double, degreesOfFreedom: Int, level: Double = 0.95
    ) -> Result<LeastMultiple, UndefinedSensitivity> {
        precondition(level > 0 && level < 1, "a test at \(level)")
        if let undefined = UndefinedSensitivity(t: t, degreesOfFreedom: degreesOfFreedom) ?? objection {
            return .failure(undefined)
        }
        let f = abs(t) / Double(degreesOfFreedom).squareRoot()
        let critical = criticalF(degreesOfFreedom: degreesOfFreedom, level: level)
        guard f > critical else { return .failure(.notSignificant) }
        guard treatmentF2 > 0, largestMultiple.isFinite else { return .failure(.unrelatedBenchmark) }

        /// The strengths at which t is least, and whether it is below its critical value then.
        func worst(_ k: Double) -> (strength: ConfounderStrength, isLost: Bool)? {
            guard let bound = try? strength(times: k).get() else { return nil }
            let (sine, cosine) = (bound.treatment.squareRoot(), (1 - bound.treatment).squareRoot())
            let sineOfOutcome = min(bound.outcome.squareRoot(), sine / cosine / f)
            let left = f * cosine - sineOfOutcome * sine
            return (
                ConfounderStrength(treatment: bound.treatment, outcome: sineOfOutcome * sineOfOutcome),
                left <= critical * max(1 - sineOfOutcome * sineOfOutcome, 0).squareRoot()
            )
        }
        // With all of the treatment explained nothing is left of the coefficient.
        var (kept, lost) = (0.0, largestMultiple)
        while true {
            let middle = kept + (lost - kept) / 2
            guard middle > kept, middle < lost else { break }
            if worst(middle)?.isLost ?? true { lost = middle } else { kept = middle }
        }
        // The last one that is possible, where the multiple is too close to the largest to be told from it.
        guard let found = worst(lost) ?? worst(kept) else { return .failure(.impossible(lost, below: largestMultiple)) }
        return .success(LeastMultiple(multiple: lost, strength: found.strength))
    }

    /// f² = R²/(1 - R²).
    private var treatmentF2: Double { treatment / (1 - treatment) }
    private var outcomeF2: Double { outcome / (1 - outcome) }

    /// Of which there is no confounder any more: it would explain all of the treatment.
    private var largestMultiple: Double { 1 / treatmentF2 }

    private var objection: UndefinedSensitivity? {
        if !(treatment >= 0 && treatment < 1) { return .noShare("R² of the benchmark with the treatment", treatment) }
        return outcome >= 0 && outcome < 1 ? nil : .noShare("R² of the benchmark with the outcome", outcome)
    }
}

/// How many times as strong as a benchmark a confounder has to be.
public struct LeastMultiple: Sendable, Hashable {
    public let multiple: Double
    /// The worst that such a confounder can be: its shares of treatment and outcome.
    public let strength: ConfounderStrength
}
