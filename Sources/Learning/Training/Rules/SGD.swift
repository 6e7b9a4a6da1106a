import Parameters

/// Stochastic gradient descent (Robbins & Monro 1951), with the momentum and the weight decay that it is told: none by
/// default.
public struct SGD: UpdateRule {
    public static let about = UpdateRuleDescription(
        id: "sgd", title: "Stochastic gradient descent",
        formula: "g ← g + λ w, v ← m v + (1 − d) g, w ← w − η v; v = g at first; after Nesterov w ← w − η (g + m v)",
        source: "Robbins & Monro, Ann. Math. Statist. 22 (1951); Sutskever et al., ICML 2013, as PyTorch's SGD",
        parameters: MomentumStep.parameters)

    private let step: MomentumStep

    public init() { self.init(ParameterValues(Self.about.parameters)) }

    public init(_ values: ParameterValues) { step = MomentumStep(values) }

    public static func problem(with values: ParameterValues) -> String? { MomentumStep.problem(with: values) }

    public static func plainest(_ values: ParameterValues) -> UpdateRuleName { MomentumStep.plainest(values) }

    public var isPlainDescent: Bool { step.isPlainDescent }

    public var memory: RuleMemory { step.memory }

    public func step(
        _ parameters: ParameterVector, along gradient: ParameterVector, learningRate: Float, state: RuleState,
        gradientHere: (ParameterVector) -> Float
    ) {
        step(parameters, along: gradient, learningRate: learningRate, state: state)
    }
}
