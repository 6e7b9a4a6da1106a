import Networks
import Parameters

/// The least exact Hessian trace among all networks that differ from this one by positive rescalings of single neurons.
///
/// The trace itself can be made as large as one likes without changing the function. Its minimum over the orbit cannot:
/// it is a property of the orbit. `HessianDiagonal` gives the terms, `NeuronBalancing` their minimum; both float64.
///
/// Details: `trace`, that of the network as it is; `norm_balanced_trace`, that of the member of the orbit with the
/// least weight norm, biases included; `sweeps` and `balance_residual` of the balancing; `limit_neurons`, those whose
/// terms vanish in a limit.
///
/// - Complexity: O(n · (parameters + classes · Σ_l width_l · width_{l+1})) over the hidden widths, and a sweep
///   O(weights between hidden layers).
public struct HessianTraceOrbitMinimum: Measure {
    public static let about = MeasureDescription(
        id: "hessian_trace_orbit_minimum", title: "Hessian trace, least over neuron rescalings", family: "sharpness",
        formula:
            "min over α > 0 of Σ M^l_ij α²_{l-1,j} / α²_{l,i} + Σ m^l_i / α²_{l,i}, M and m the Hessian's diagonal",
        source: "derived here; question of arXiv 2509.11386, balancing of Osborne, J. ACM 7 (1960)",
        invariances: [.layerRescaling, .neuronRescaling, .permutation], reads: [.trainingInputs],
        predictedSign: .negative,
        effortUnit: "points",
        limits:
            """
            Local, as the trace is, and small where the classifier is confident. Where a pre-activation is exactly \
            0 the terms are those of the region in which the unit is off. A neuron with outgoing terms only, or \
            incoming ones only, counts by its infimum, which no network of the orbit attains.
            """
    )

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        guard subject.training.count > 0 else {
            return MeasuredValue(.undefined, reason: "there are no training points")
        }
        let diagonal = subject.view().hessianDiagonal
        guard diagonal.values.allSatisfy(\.isFinite) else {
            return MeasuredValue(
                .undefined, reason: "the Hessian's diagonal is not finite", effort: subject.training.count)
        }
        var balancing = NeuronBalancing(subject.architecture, terms: diagonal.values)
        balancing.balance()
        let residual = balancing.residual
        return MeasuredValue(
            balancing.sum, effort: subject.training.count,
            note: residual > 1e-9 ? "balancing stopped after \(balancing.sweeps) sweeps, before its end" : nil,
            details: [
                "trace": diagonal.trace,
                "norm_balanced_trace": diagonal.normBalancedTrace(of: Float64Network(subject.network)),
                "sweeps": Double(balancing.sweeps), "balance_residual": residual,
                "limit_neurons": Double(balancing.neuronsAtLimit),
            ])
    }
}

extension HessianDiagonal {
    /// The trace of the member of the network's orbit whose weights and biases have the least L2 norm.
    ///
    /// A neuron whose norm falls for ever, as one without outgoing weights, has no terms there.
    package func normBalancedTrace(of network: Float64Network) -> Double {
        var norms = NeuronBalancing(architecture, terms: network.parameters.map { $0 * $0 })
        norms.balance()
        norms.invert()
        return norms.sum(of: values)
    }
}
