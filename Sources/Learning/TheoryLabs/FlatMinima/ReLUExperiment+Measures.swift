import Measures
import Networks

extension ReLUExperiment {
    /// A network on its orbit; what several measures need of it is computed once.
    public final class Model {
        let original: Float64Network
        let rescaled: Float64Network
        let loss: NetworkLoss
        let orbit: NetworkOrbit
        let hasBiases: Bool
        let identityResidual: Double
        let radius: Double
        let level: Double

        init(
            original: Float64Network, rescaled: Float64Network, loss: NetworkLoss, orbit: NetworkOrbit, hasBiases: Bool,
            identityResidual: Double, radius: Double, level: Double
        ) {
            self.original = original
            self.rescaled = rescaled
            self.loss = loss
            self.orbit = orbit
            self.hasBiases = hasBiases
            self.identityResidual = identityResidual
            self.radius = radius
            self.level = level
        }

        /// Nil when the Hessian is not finite.
        private(set) lazy var variation = try? NetworkVariation(
            of: loss, at: orbit.network.parameters, hasBiases: hasBiases)

        private(set) lazy var bracket = variation?.bracket(radius: radius)
        private(set) lazy var leastTrace = orbit.traceBalancing.sum

        /// The largest difference of an output between the network and its rescaled copy.
        var functionChange: Double {
            let last = original.architecture.widths.count - 1
            let pairs = zip(loss.outputs(original.parameters)[last], loss.outputs(rescaled.parameters)[last])
            return pairs.reduce(0) { max($0, abs($1.0 - $1.1)) }
        }
    }

    public static let measures: [LabMeasure<Model>] = [
        LabMeasure(.empiricalRisk, exactly: { $0.loss.value($0.orbit.network.parameters) }),
        LabMeasure(.maximalVariation) { MeasuredValue($0.bracket ?? Bracket(attained: .nan, bound: .nan)) },
        LabMeasure(.maximalVariationBound, exactly: { $0.bracket?.bound ?? .nan }),
        LabMeasure(.maximalVariationGap, exactly: { $0.bracket?.relativeGap ?? .nan }),
        LabMeasure(.levelSetDistance, value: distance),
        LabMeasure(smoothRadius, exactly: { $0.variation?.remainder.smoothRadius ?? .nan }),
        LabMeasure(.riskTrace, exactly: { $0.orbit.trace }),
        LabMeasure(.leastTrace, exactly: { $0.leastTrace }),
        LabMeasure(.traceRatio, exactly: { $0.orbit.trace / $0.leastTrace }),
        LabMeasure(leastLayerTrace, exactly: { $0.orbit.leastLayerTrace }),
        LabMeasure(normBalancedTrace, exactly: { $0.orbit.normBalancedTrace }),
        LabMeasure(.largestCurvature, exactly: { $0.variation?.largestCurvature ?? .nan }),
        LabMeasure(.squaredNorm, exactly: { norm($0.orbit.network.parameters) * norm($0.orbit.network.parameters) }),
        LabMeasure(.imbalanceNorm, exactly: { norm(NetworkOrbit.imbalances(of: $0.orbit.network)) }),
        LabMeasure(functionChange, exactly: { $0.functionChange }),
        LabMeasure(.descentIdentity, exactly: { $0.identityResidual }),
    ]

    /// The search at each radius is a lower bound of f°, the distance that it attains an upper one; the bound is cheap.
    private static func distance(_ model: Model) -> MeasuredValue {
        guard let variation = model.variation,
            let found = LevelSetDistance.bracket(
                level: model.level, attained: { variation.bracket(radius: $0).attained },
                bound: { variation.bound(radius: $0) })
        else { return MeasuredValue(.failed, reason: "the level set was not reached") }
        return MeasuredValue(found)
    }

    private static let smoothRadius = MeasureDescription(
        id: "smooth_radius", title: "Radius within which no unit switches", family: "sharpness",
        formula: "bound from below, by norms", source: "derived here", invariances: [], reads: [.trainingInputs],
        predictedSign: .none, limits: "The true radius may be larger; beyond it the variation's bound is loose.")

    private static let leastLayerTrace = MeasureDescription(
        id: "risk_trace_least_layers", title: "Least Hessian trace with one factor a layer", family: "sharpness",
        formula: "without biases L (Π t_l)^(1/L)", source: "derived here",
        invariances: [.layerRescaling, .permutation],
        reads: [.trainingInputs], predictedSign: .negative, limits: "Not invariant to rescaling single neurons.")

    private static let normBalancedTrace = MeasureDescription(
        id: "norm_balanced_trace", title: "Hessian trace at the least norm of the orbit", family: "sharpness",
        formula: "tr ∇²f where |w_in|² + b² = |w_out|² for each neuron", source: "derived here",
        invariances: [.layerRescaling, .neuronRescaling, .permutation], reads: [.trainingInputs],
        predictedSign: .negative,
        limits: "Not the least trace of the orbit, and often more than the network's own.")

    private static let functionChange = MeasureDescription(
        id: "function_change", title: "Change of the outputs by rescaling", family: "optimisation",
        formula: "max |z(rescaled) - z|", source: "the symmetry of ReLU networks", invariances: [],
        reads: [.trainingInputs], predictedSign: .none, limits: "Rounding.")
}
