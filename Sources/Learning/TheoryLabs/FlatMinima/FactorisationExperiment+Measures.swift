import LinearAlgebra
import Measures

extension FactorisationExperiment {
    public static let measures: [LabMeasure<Model>] = [
        LabMeasure(.empiricalRisk, exactly: { $0.point.loss }),
        LabMeasure(.maximalVariation) { MeasuredValue($0.point.variation(radius: $0.radius)) },
        LabMeasure(.maximalVariationBound, exactly: { $0.point.variationBound(radius: $0.radius) }),
        LabMeasure(.maximalVariationGap, exactly: { $0.point.variation(radius: $0.radius).relativeGap }),
        LabMeasure(.leastVariation, exactly: { $0.minimum.leastVariation(radius: $0.radius) }),
        LabMeasure(.levelSetDistance) { model in
            let found = LevelSetDistance.bracket(
                level: model.level, attained: model.point.attainedVariation, bound: model.point.variationBound)
            guard let found else { return MeasuredValue(.failed, reason: "the level set was not reached") }
            return MeasuredValue(found)
        },
        LabMeasure(.greatestDistance, exactly: { $0.minimum.greatestDistance(level: $0.level) }),
        LabMeasure(.riskTrace, exactly: { $0.point.trace }),
        LabMeasure(.leastTrace, exactly: { $0.point.leastTrace ?? .nan }),
        LabMeasure(.traceRatio, exactly: { $0.point.trace / ($0.point.leastTrace ?? .nan) }),
        LabMeasure(.largestCurvature, exactly: { $0.point.largestCurvature ?? .nan }),
        LabMeasure(leastCurvature, exactly: { 4 * ($0.minimum.singularValues.first ?? 0) }),
        LabMeasure(.squaredNorm, exactly: { $0.point.squaredNorm }),
        LabMeasure(.imbalanceNorm, exactly: { $0.point.imbalance.norm }),
        LabMeasure(decayRate) { model in
            guard let rate = model.point.imbalanceDecayRate else {
                return MeasuredValue(.undefined, reason: "the factors are balanced")
            }
            return MeasuredValue(rate)
        },
        LabMeasure(lateDecayRate, exactly: { 4 * ($0.minimum.singularValues.last ?? 0) }),
        LabMeasure(
            .productDrift,
            exactly: {
                ($0.point.left * $0.point.right.transposed - $0.descended.left * $0.descended.right.transposed).norm
            }),
        LabMeasure(.descentIdentity, exactly: { $0.identityResidual }),
    ]

    private static let leastCurvature = MeasureDescription(
        id: "largest_curvature_least", title: "Largest eigenvalue of the flattest minimum's Hessian",
        family: "sharpness",
        formula: "4 σ1(M)", source: "derived here", invariances: [], reads: [], predictedSign: .negative,
        limits: "Of the orbit, not of the model at hand; reached wherever σ1(X)² + σ1(Y)² = 2 σ1(M).")

    private static let decayRate = MeasureDescription(
        id: "imbalance_decay_rate", title: "Rate at which the flow lowers the imbalance", family: "optimisation",
        formula: "-d log|C| / dt = 2 tr(C (XᵀX + YᵀY) C) / |C|²", source: "derived here", invariances: [], reads: [],
        predictedSign: .none, limits: "Undefined at balance.")

    private static let lateDecayRate = MeasureDescription(
        id: "imbalance_decay_rate_formula", title: "Late rate at which the flow lowers the imbalance",
        family: "optimisation",
        formula: "4 σ_k(M)", source: "derived here", invariances: [], reads: [], predictedSign: .none,
        limits: "A limit; faster directions go first.")
}
