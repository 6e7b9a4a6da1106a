import Measures

extension MeasureDescription {
    /// The loss on the sample.
    static let empiricalRisk = MeasureDescription(
        id: "empirical_risk", title: "Empirical risk", family: "performance", formula: "F_S(w) = (1/n) Σ_i f(w, z_i)",
        source: "the usual definition", invariances: [], reads: [.trainingInputs, .trainingLabels],
        predictedSign: .negative,
        limits: "0 at every interpolator: it tells none of them from another.")

    /// The expected loss, in closed form.
    static let populationRisk = MeasureDescription(
        id: "population_risk", title: "Population risk", family: "performance", formula: "F(w) = E f(w, z)",
        source: "closed form of each experiment", invariances: [], reads: [.unseenInputs, .unseenLabels],
        predictedSign: .negative, limits: "What is to be predicted: it is no predictor.")

    /// The trace of the empirical risk's Hessian.
    static let riskTrace = MeasureDescription(
        id: "risk_trace", title: "Hessian trace of the empirical risk", family: "sharpness", formula: "tr ∇²F_S(w)",
        source: "closed form of each experiment", invariances: [], reads: [.trainingInputs, .trainingLabels],
        predictedSign: .negative, limits: "Local: it does not see beyond an infinitely small neighbourhood.")
}
