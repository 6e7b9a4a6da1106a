import Measures

/// What the measures of stochastic convex optimisation state of themselves.
extension MeasureDescription {
    /// The least that every one of them says.
    private static func convex(
        _ id: String, _ title: String, family: String, _ formula: String, reads: Set<Reading> = [], sign: Sign = .none,
        limits: String
    ) -> MeasureDescription {
        MeasureDescription(
            id: id, title: title, family: family, formula: formula,
            source: "arXiv 2511.03548 as others restate it; closed forms derived here", invariances: [], reads: reads,
            predictedSign: sign, limits: limits)
    }

    private static let sample: Set<Reading> = [.trainingInputs, .trainingLabels]
    private static let unseen: Set<Reading> = [.unseenInputs, .unseenLabels]

    // MARK: Risks

    static let sharpnessAwareRisk = convex(
        "sharpness_aware_risk", "Sharpness-aware empirical risk", family: "sharpness",
        "max over |v| <= r of F_S(w + v)",
        reads: sample, sign: .negative,
        limits: "By ascent: a lower bound, whose gap to the closed form is a measure of its own.")
    static let sharpnessAwareRiskFormula = convex(
        "sharpness_aware_risk_formula", "Sharpness-aware empirical risk, closed form", family: "sharpness",
        "h_ρ(r) where a ρ-flat ball surrounds w; the exact value elsewhere", reads: [.construction], sign: .negative,
        limits: "Only where the construction gives it.")
    static let excessSharpnessAwareRisk = convex(
        "excess_sharpness_aware_risk", "Sharpness-aware empirical risk above its minimum", family: "sharpness",
        "max over |v| <= r of F_S(w + v), less its minimum over all w", reads: [.construction], sign: .negative,
        limits: "0 says that w is sharpness-aware minimal, not that it generalises.")
    static let sharpnessAwareRiskFloor = convex(
        "sharpness_aware_risk_floor", "Least sharpness-aware risk at which SAM can stop", family: "sharpness",
        "(1 - η)² r²/2", reads: [.construction], limits: "For ½ relu(w)², from a start above 0.")
    static let sharpnessAwareRiskCeiling = convex(
        "sharpness_aware_risk_ceiling", "Greatest sharpness-aware risk at which SAM can stop", family: "sharpness",
        "r²/2",
        reads: [.construction], limits: "For ½ relu(w)², from a start at 0 or above.")
    static let maximiserGap = convex(
        "maximiser_gap", "Gap of the ascent to the exact inner maximum", family: "optimisation",
        "|closed form - what ascent found|",
        reads: [.construction], limits: "A check of the computation, not of the theory.")
    static let populationRiskFormula = convex(
        "population_risk_formula", "Population risk, closed form", family: "performance",
        "what the theory gives for F(w) from the settings alone", reads: unseen, sign: .negative,
        limits: "For the run that the theory describes; see the experiment.")
    static let averagePopulationRisk = convex(
        "average_population_risk", "Population risk of the average iterate", family: "performance",
        "F((w_1 + … + w_T) / T)", reads: unseen, sign: .negative, limits: "Not that of the last iterate.")
    static let averagePopulationRiskFormula = convex(
        "average_population_risk_formula", "Population risk of the average iterate, closed form", family: "performance",
        "½ h_ρ(η (r - ρ)_+ sqrt((T - 1)(2T - 1) / 6T))", reads: unseen, sign: .negative,
        limits: "For SA-GD with a spurious coordinate.")
    static let unconditionalRiskBound = convex(
        "unconditional_risk_bound", "Lower bound on the unconditional population risk", family: "performance",
        "P(exactly one spurious coordinate) F(w)", reads: unseen,
        limits: "A bound on the mean over samples when this run is typical of the event.")

    // MARK: Hessians

    static let populationTrace = convex(
        "population_trace", "Hessian trace of the population risk", family: "sharpness",
        "tr ∇²F(w); outer where f has a kink",
        reads: unseen, sign: .negative, limits: "Needs the population: no detector that a learner has.")
    static let populationTraceFormula = convex(
        "population_trace_formula", "Hessian trace of the population risk, closed form", family: "sharpness",
        "½ [1 + (m - 1)(1 - ρ/N)] for m spurious entries of norm N", reads: unseen, sign: .negative,
        limits: "Only where the construction gives it.")

    // MARK: Thresholds

    static let criticalRadius = convex(
        "critical_radius", "Radius beyond which the last iterate has population risk", family: "optimisation",
        "ρ (1 + 1/κ), κ = η sqrt(T - 1)", reads: [.construction], limits: "For SA-GD with a spurious coordinate.")
    static let sustainingRadius = convex(
        "sustaining_radius", "Radius beyond which the chain sustains itself", family: "optimisation", "ρ / (δ η)",
        reads: [.construction], limits: "From a kick that just fires the first link; a harder one may stop the chain.")
    static let driftScale = convex(
        "drift_scale", "Drift scale κ", family: "optimisation", "κ = η sqrt(T - 1)",
        reads: [.trainingHistory], limits: "Of the settings alone.")
    static let excessRadius = convex(
        "excess_radius", "Excess of the radius over ρ", family: "optimisation", "(r - ρ)_+",
        reads: [.construction], limits: "Of the settings alone.")
    static let updates = convex(
        "updates", "Updates", family: "optimisation", "T - 1",
        reads: [.trainingHistory], limits: "Of the settings alone.")

    // MARK: Trajectories

    static let effectiveDrift = convex(
        "effective_drift", "Distance that the population sees", family: "optimisation",
        "2 sqrt(F(w)) + ρ, 0 where F(w) = 0",
        reads: unseen, limits: "Equals |w| where one spurious row holds all of w.")
    static let distanceFromStart = convex(
        "distance_from_start", "Distance from the start", family: "optimisation", "|w_T - w_1|",
        reads: [.trainingHistory],
        limits: "The theory wants it at most 1: the unit ball.")
    static let driftLength = convex(
        "drift_length", "Length of the path", family: "optimisation", "Σ_t |w_(t+1) - w_t|", reads: [.trainingHistory],
        limits: "Long paths may return.")
    static let driftLengthBound = convex(
        "drift_length_bound", "Bound on the length of the path", family: "optimisation", "|w_1 - w*|² / (2 (ρ - r))",
        reads: [.construction], limits: "For r < ρ and η at most the inverse smoothness only; w* = 0.")
    static let stoppingPoint = convex(
        "stopping_point", "Where the iterate is", family: "optimisation", "w_t", reads: [.trainingHistory],
        limits: "In one dimension.")
    static let driftLengthRatio = convex(
        "drift_length_ratio", "Length of the path over its bound", family: "optimisation",
        "Σ_t |w_(t+1) - w_t| · 2 (ρ - r) / |w_1 - w*|²", reads: [.construction],
        limits: "For r < ρ and η at most the inverse smoothness only; w* = 0, and w_1 elsewhere.")
    static let spuriousNorm = convex(
        "spurious_norm", "Norm in the spurious subspace", family: "optimisation",
        "|w| on the entries of the coordinate that is constant on the sample", reads: [.construction],
        limits: "Only the population tells that the subspace is spurious.")
    static let outsideNorm = convex(
        "outside_norm", "Norm outside the spurious subspace", family: "optimisation", "|w| on all other entries",
        reads: [.construction],
        limits: "What the sample sees is pulled back.")
    static let seedNorm = convex(
        "seed_norm", "Norm in the seed of the chain", family: "optimisation", "|w| on the first column and the shift s",
        reads: [.construction], limits: "Starts the chain and does no harm of its own.")

    // MARK: Planted events

    static let plantingProbability = convex(
        "planting_probability", "Probability of exactly one spurious coordinate", family: "performance",
        "D 2^-n (1 - 2^-n)^(D - 1)", reads: [.construction], limits: "Of fair, independent bits.")
    static let plantingProbabilityOfAny = convex(
        "planting_probability_any", "Probability of a spurious coordinate", family: "performance", "1 - (1 - 2^-n)^D",
        reads: [.construction], limits: "Of fair, independent bits.")
    static let hasSpurious = convex(
        "has_spurious", "Whether a coordinate is spurious", family: "performance",
        "1 when a coordinate is constant at the required value on the sample, else 0", reads: [.construction],
        limits: "The mean over seeds estimates the planting probability where the design is independent.")
    static let unplantedRisk = convex(
        "population_risk_without_planting", "Population risk where no coordinate is spurious", family: "performance",
        "F(w), undefined where a coordinate is constant at the required value", reads: unseen, sign: .negative,
        limits: "Conditional on the sample.")

    // MARK: Chains and gradient descent

    static let linksFired = convex(
        "links_fired", "Links fired", family: "optimisation", "#{j >= 2: |W_Ij| > η r / 10}", reads: [.construction],
        limits: "Counts strength, not order.")
    static let linksFormula = convex(
        "links_formula", "Links of full strength, by the theory", family: "optimisation",
        "one an update; in the full chain one less, as two early ones have half the square each",
        reads: [.construction], limits: "Of the settings alone.")
    static let initialGradientNorm = convex(
        "initial_gradient_norm", "Norm of the first gradient", family: "optimisation", "|∇F_S(w_1)|", reads: sample,
        limits: "SAM gives it length r whatever it is, unless rounding makes it 0.")
    static let scaledRisk = convex(
        "scaled_risk", "Population risk times the sample size", family: "performance", "n F(w)", reads: unseen,
        sign: .negative, limits: "Constant in n where the risk is O(1/n).")
    static let scaledRiskExpected = convex(
        "scaled_risk_expected", "Expected population risk times the sample size", family: "performance",
        "n E F(w), exactly: ½ E (1 - ηc/n)^(2T) for c from Bin(n, 1/n)", reads: unseen, sign: .negative,
        limits: "A mean over samples.")
    static let scaledRiskLimit = convex(
        "scaled_risk_limit", "Its limit", family: "performance", "½ exp(-(1 - e^-2)), n to infinity at η = 1 and T = n",
        reads: unseen, sign: .negative, limits: "A mean over samples, for many of them.")
}
