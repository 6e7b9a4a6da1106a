import Parameters

/// Plain stochastic gradient descent (Robbins & Monro 1951): w ← w - rate · g.
public struct SGD: UpdateRule {
    public static let about = UpdateRuleDescription(
        id: "sgd", title: "Stochastic gradient descent", formula: "w ← w − η g",
        source: "Robbins & Monro, Ann. Math. Statist. 22 (1951)")

    public init() {}

    public init(_ values: ParameterValues) {}

    public var isPlainDescent: Bool { true }

    public func step(
        _ parameters: ParameterVector, along gradient: ParameterVector, learningRate: Float, state: RuleState,
        gradientHere: (ParameterVector) -> Float
    ) {
        parameters.add(-learningRate, times: gradient)
    }
}
