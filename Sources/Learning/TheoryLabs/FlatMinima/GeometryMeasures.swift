import Measures

/// Measures that the experiments of this folder share.
extension MeasureDescription {
    private static let paper = "arXiv 2509.11386"

    private static func sharpness(
        _ id: String, _ title: String, _ formula: String, source: String = paper, limits: String
    ) -> MeasureDescription {
        MeasureDescription(
            id: id, title: title, family: "sharpness", formula: formula, source: source, invariances: [],
            reads: [.trainingInputs, .trainingLabels], predictedSign: .negative, limits: limits)
    }

    private static func plain(
        _ id: String, _ title: String, _ formula: String, source: String = paper, limits: String
    ) -> MeasureDescription {
        MeasureDescription(
            id: id, title: title, family: "optimisation", formula: formula, source: source, invariances: [],
            reads: [.trainingInputs, .trainingLabels], predictedSign: .none, limits: limits)
    }

    static let maximalVariation = sharpness(
        "maximal_variation", "Maximal variation", "f°(x; r) = max over |y - x| ≤ r of f(y) - f(x)",
        limits:
            """
            The largest value that a search found, so never too large. How much larger the maximum may be is the \
            detail gap: rounding where a closed form or a global optimum is at hand.
            """
    )

    static let maximalVariationBound = sharpness(
        "maximal_variation_bound", "Maximal variation, bound from above", "a value that f°(x; r) does not exceed",
        source: "derived here, by duality and norms",
        limits: "Loose at large radii, and for networks where kinks come within the radius.")

    static let maximalVariationGap = plain(
        "maximal_variation_gap", "Doubt of the maximal variation, relative", "(bound - attained) / attained",
        source: "derived here", limits: "How good the certificate is, not how flat the model.")

    static let leastVariation = plain(
        "maximal_variation_least", "Maximal variation of the flattest minimum", "(√(2 σ1) r + r²/2)²",
        source: "derived here", limits: "The least over the minima with this product, not of the model at hand.")

    static let levelSetDistance = sharpness(
        "level_set_distance", "Distance to a level set", "min |y - x| with f(y) - f(x) = ε",
        limits:
            "Inverse to the maximal variation: attained, and so never too small; the detail bound is one from below.")

    static let greatestDistance = plain(
        "level_set_distance_greatest", "Distance of the flattest minimum to a level set", "√2 (√(σ1 + √ε) - √σ1)",
        source: "derived here", limits: "The greatest over the minima with this product, not of the model at hand.")

    static let leastTrace = sharpness(
        "risk_trace_least", "Least Hessian trace of the orbit", "min of tr ∇²f over the same function's rescalings",
        source: "derived here: 4 √(mn) |M|_*; for networks Osborne balancing",
        limits: "Of the orbit, not of the model at hand.")

    static let traceRatio = sharpness(
        "risk_trace_ratio", "Hessian trace over the least of its orbit", "tr ∇²f / min", source: "derived here",
        limits: "1 at the flattest member of each orbit: it does not compare orbits.")

    static let largestCurvature = sharpness(
        "largest_curvature", "Largest eigenvalue of the Hessian", "λ_max(∇²f)", source: "the usual definition",
        limits: "Local: the maximal variation to first order in r², and no more.")

    static let squaredNorm = plain(
        "squared_parameter_norm", "Squared parameter norm", "|θ|²", source: "the usual definition",
        limits: "Not a property of the function.")

    static let imbalanceNorm = plain(
        "imbalance_norm", "Norm of the imbalance", "|C|: x² - y², XᵀX - YᵀY, or |w_in|² + b² - |w_out|² of each neuron",
        limits: "Gradient flow on the loss conserves C; it says where on its orbit a model is, not how well it does.")

    static let descentIdentity = plain(
        "descent_identity_residual", "Residual of gradient descent's identity for the imbalance",
        "|C_T - C_0 - η² Σ_t (G_in² - G_out²)|", source: "derived here",
        limits: "Rounding, whatever the steps: the identity is exact.")

    static let productDrift = plain(
        "product_drift", "Change of the product along the flow", "|XYᵀ(t) - XYᵀ(0)|",
        limits: "The flow conserves the product; what is left is the integrator's error.")
}
