import Glibc

/// How strong a variable Z that was not measured is, in shares of residual variance.
public struct ConfounderStrength: Sendable, Hashable {
    /// R²(D~Z|X): of the treatment, given the covariates. In 0..<1.
    public let treatment: Double
    /// R²(Y~Z|D,X): of the outcome, given treatment and covariates. In 0...1.
    public let outcome: Double

    public init(treatment: Double, outcome: Double) {
        self.treatment = treatment
        self.outcome = outcome
    }

    /// Why these are no strengths; nil where they are.
    fileprivate var objection: UndefinedSensitivity? {
        if !(treatment >= 0 && treatment < 1) { return .noShare("R² with the treatment", treatment) }
        // All of the outcome can be explained, though no standard error is left then.
        return outcome >= 0 && outcome <= 1 ? nil : .noShare("R² with the outcome", outcome)
    }
}

/// A coefficient as it would be with a variable Z that was not measured.
public struct AdjustedCoefficient: Sendable, Hashable {
    /// Nearer to zero than without Z by the bias, and beyond it where the bias is larger.
    public let estimate: Double
    /// 0 where Z explains all that is left of the outcome.
    public let standardError: Double
    /// The first over the second; nil where the standard error is 0.
    public let t: Double?
    /// One less than without Z.
    public let degreesOfFreedom: Int
}

/// A coefficient with a variable of the given strength in the regression, which takes away from it rather than adds
/// (Cinelli and Hazlett 2020, section 4):
///
///     |bias| = se √df √(R²(Y~Z|D,X) R²(D~Z|X)/(1 - R²(D~Z|X)))
///     se' = se √((1 - R²(Y~Z|D,X))/(1 - R²(D~Z|X)) · df/(df - 1))
///
/// - Returns: the coefficient, or why there is none; never NaN.
/// - Complexity: O(1).
public func adjustedCoefficient(
    estimate: Double, standardError: Double, degreesOfFreedom: Int, for confounder: ConfounderStrength
) -> Result<AdjustedCoefficient, UndefinedSensitivity> {
    guard standardError > 0, standardError.isFinite else { return .failure(.notFinite("The standard error")) }
    if let undefined = UndefinedSensitivity(t: estimate / standardError, degreesOfFreedom: degreesOfFreedom)
        ?? confounder.objection
    {
        return .failure(undefined)
    }
    let df = Double(degreesOfFreedom)
    let left = 1 - confounder.treatment
    let bias = standardError * (df * confounder.outcome * confounder.treatment / left).squareRoot()
    let error = standardError * ((1 - confounder.outcome) / left * df / (df - 1)).squareRoot()
    let adjusted = abs(estimate) - bias
    guard adjusted.isFinite, error.isFinite else { return .failure(.notFinite("The adjusted coefficient")) }
    let sign: Double = estimate < 0 ? -1 : 1
    return .success(
        AdjustedCoefficient(
            estimate: sign * adjusted, standardError: error, t: error > 0 ? sign * adjusted / error : nil,
            degreesOfFreedom: degreesOfFreedom - 1))
}
