import Parameters
import Training

/// Heavy-ball momentum (Polyak 1964): v ← m v + g, w ← w - rate · v.
struct HeavyBall: UpdateRule {
    static let about = UpdateRuleDescription(
        id: "heavy-ball", title: "", formula: "", source: "",
        parameters: [Parameter("momentum", numbers: 0...1, default: 0.75, "the share of the velocity that stays")])

    let momentum: Float

    init(_ values: ParameterValues) { momentum = Float(values.number("momentum")) }

    var memory: RuleMemory { RuleMemory(vectors: ["velocity"]) }

    func step(
        _ parameters: ParameterVector, along gradient: ParameterVector, learningRate: Float, state: RuleState,
        gradientHere: (ParameterVector) -> Float
    ) {
        parameters.update(and: state.vector("velocity"), with: gradient) { w, v, g in
            v = momentum * v + g
            w -= learningRate * v
        }
    }
}

/// Sharpness-aware minimisation (Foret et al., arXiv 2010.01412, equations 2 and 3): the gradient of a place `radius`
/// up the slope. Counts its steps and adds up the losses there.
struct ToySAM: UpdateRule {
    static let about = UpdateRuleDescription(id: "toy-sam", title: "", formula: "", source: "")

    let radius = 0.5

    init(_ values: ParameterValues = ParameterValues([])) {}

    var memory: RuleMemory { RuleMemory(numbers: ["steps", "losses"], scratch: ["start"]) }

    func step(
        _ parameters: ParameterVector, along gradient: ParameterVector, learningRate: Float, state: RuleState,
        gradientHere: (ParameterVector) -> Float
    ) {
        let start = state.vector("start")
        start.copy(parameters)
        parameters.add(Float(radius / gradient.norm), times: gradient)
        state["losses"] += Double(gradientHere(gradient))
        state["steps"] += 1
        parameters.copy(start)
        parameters.add(-learningRate, times: gradient)
    }
}

/// Descent that is drawn back to where it began: w ← w - rate · (g + pull · (w - w₀)). It moves weights that have no
/// gradient, writes in the gradient, and remembers the beginning.
struct DrawnBack: UpdateRule {
    static let about = UpdateRuleDescription(id: "drawn-back", title: "", formula: "", source: "")

    let pull: Float = 0.125
    /// What the beginning is multiplied by.
    let share: Float = 0.5

    init(_ values: ParameterValues = ParameterValues([])) {}

    var memory: RuleMemory { RuleMemory(vectors: ["beginning"]) }

    func begin(_ state: RuleState, at parameters: ParameterVector) {
        state.vector("beginning").add(share, times: parameters)
    }

    func step(
        _ parameters: ParameterVector, along gradient: ParameterVector, learningRate: Float, state: RuleState,
        gradientHere: (ParameterVector) -> Float
    ) {
        gradient.add(pull, times: parameters)
        gradient.add(-pull, times: state.vector("beginning"))
        parameters.add(-learningRate, times: gradient)
    }
}
