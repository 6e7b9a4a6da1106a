import CProcessor
import Foundation
import Parameters

/// Steps in proportion to a mean gradient over the root of its mean square (Kingma and Ba, arXiv 1412.6980).
public struct Adam: UpdateRule {
    public static let about = UpdateRuleDescription(
        id: "adam", title: "Adam",
        formula:
            "m ← β₁ m + (1 − β₁) g, s ← β₂ s + (1 − β₂) g², w ← w − η m̂/(√ŝ + ε), m̂ = m/(1 − β₁ᵗ), ŝ = s/(1 − β₂ᵗ)",
        source: "Kingma & Ba, arXiv 1412.6980, as PyTorch's Adam",
        parameters: AdamStep.parameters + [WeightDecay.parameter(0), WeightDecay.decoupling])

    private let step: AdamStep

    public init(_ values: ParameterValues) { step = AdamStep(values, WeightDecay(values)) }

    public static func plainest(_ values: ParameterValues) -> UpdateRuleName {
        AdamStep.plainest(values, WeightDecay(values))
    }

    public var memory: RuleMemory { AdamStep.memory }

    public func step(
        _ parameters: ParameterVector, along gradient: ParameterVector, learningRate: Float, state: RuleState,
        gradientHere: (ParameterVector) -> Float
    ) {
        step(parameters, along: gradient, learningRate: learningRate, state: state)
    }
}

/// Adam with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101).
public struct AdamW: UpdateRule {
    public static let about = UpdateRuleDescription(
        id: "adamw", title: "Adam with decoupled weight decay", formula: "w ← (1 − η λ) w, then Adam's step",
        source: "Loshchilov & Hutter, arXiv 1711.05101, as PyTorch's AdamW",
        parameters: AdamStep.parameters + [WeightDecay.parameter(0.01)])

    private let step: AdamStep

    public init(_ values: ParameterValues) { step = AdamStep(values, WeightDecay(values, isDecoupled: true)) }

    public static func plainest(_ values: ParameterValues) -> UpdateRuleName {
        AdamStep.plainest(values, WeightDecay(values, isDecoupled: true))
    }

    public var memory: RuleMemory { AdamStep.memory }

    public func step(
        _ parameters: ParameterVector, along gradient: ParameterVector, learningRate: Float, state: RuleState,
        gradientHere: (ParameterVector) -> Float
    ) {
        step(parameters, along: gradient, learningRate: learningRate, state: state)
    }
}

/// A step of Adam, in the order of PyTorch's: corrections of both means in double precision, ε added after the root's,
/// and the mean is taken from the nearer end.
private struct AdamStep: Sendable {
    static let parameters = [
        Parameter("beta1", numbers: 0...0.999_999, default: 0.9, "the share of the mean gradient that stays"),
        Parameter("beta2", numbers: 0...0.999_999, default: 0.999, "the same of the mean squared gradient"),
        Parameter("epsilon", numbers: 1e-30...1, default: 1e-8, "what is added to the root"),
    ]

    static let memory = RuleMemory(vectors: ["mean", "square"], numbers: ["steps"])

    let beta1, beta2: Double
    let epsilon: Float
    let decay: WeightDecay

    init(_ values: ParameterValues, _ decay: WeightDecay) {
        beta1 = values.number("beta1")
        beta2 = values.number("beta2")
        epsilon = Float(values.number("epsilon"))
        self.decay = decay
    }

    /// Adam with the decay that joins the gradient, if there is one; AdamW with the other.
    static func plainest(_ values: ParameterValues, _ decay: WeightDecay) -> UpdateRuleName {
        let id = decay.isNone || !decay.isDecoupled ? Adam.about.id : AdamW.about.id
        var name = UpdateRuleName(id, parameters, of: values)
        if !decay.isNone { name.stated["weight_decay"] = values["weight_decay"] }
        return name
    }

    func callAsFunction(
        _ parameters: ParameterVector, along gradient: ParameterVector, learningRate: Float, state: RuleState
    ) {
        decay.apply(to: parameters, gradient, learningRate: learningRate)
        state["steps"] += 1
        let steps = state["steps"]
        let rate = Float(Double(learningRate) / (1 - pow(beta1, steps)))
        let root = Float((1 - pow(beta2, steps)).squareRoot())
        let (share, squareKept, squareShare) = (Float(1 - beta1), Float(beta2), Float(1 - beta2))
        let epsilon = epsilon
        parameters.update(and: state.vector("mean"), state.vector("square"), with: gradient) { w, m, s, g in
            m = share < 0.5 ? m + share * (g - m) : g - (1 - share) * (g - m)
            s = squareKept * s + squareShare * g * g
            w -= rate * (m / (square_roots(s) / root + epsilon))
        }
    }
}
