import Parameters

/// A step of plain descent, with momentum and weight decay: what rules end with that change only where a gradient is
/// taken.
///
/// The order of PyTorch's `SGD`: decay joins the gradient (or, decoupled, shrinks the parameters first: Loshchilov and
/// Hutter, arXiv 1711.05101), the velocity takes up the gradient, which dampening does not touch in the first step, and
/// with Nesterov's momentum the step is along g + m v.
struct MomentumStep: Sendable {
    static let parameters = [
        Parameter("momentum", numbers: 0...1, default: 0, "the share of the velocity that stays"),
        Parameter("dampening", numbers: 0...1, default: 0, "the share of the gradient that the velocity leaves out"),
        Parameter("nesterov", default: false, "whether the step is along g + m v, after Nesterov"),
        WeightDecay.parameter(0), WeightDecay.decoupling,
    ]

    let momentum: Float
    let dampening: Float
    let isNesterov: Bool
    let decay: WeightDecay

    init(_ values: ParameterValues) {
        momentum = Float(values.number("momentum"))
        dampening = Float(values.number("dampening"))
        isNesterov = values.flag("nesterov")
        decay = WeightDecay(values)
    }

    /// What is wrong with the values together.
    static func problem(with values: ParameterValues) -> String? {
        let step = MomentumStep(values)
        return step.isNesterov && step.momentum != 0 && step.dampening != 0
            ? "'nesterov' goes without dampening" : nil
    }

    /// As SGD with what these values change.
    static func plainest(_ values: ParameterValues) -> UpdateRuleName {
        let step = MomentumStep(values)
        var name = UpdateRuleName(SGD.about.id, parameters, of: values)
        if step.momentum == 0 { for key in ["momentum", "dampening", "nesterov"] { name.stated[key] = nil } }
        if step.decay.isNone { for key in ["weight_decay", "decoupled_weight_decay"] { name.stated[key] = nil } }
        return name
    }

    var isPlainDescent: Bool { momentum == 0 && decay.isNone }

    var memory: RuleMemory {
        momentum == 0 ? RuleMemory() : RuleMemory(vectors: ["velocity"], numbers: dampening == 0 ? [] : ["steps"])
    }

    /// - Parameter gradient: left changed.
    func callAsFunction(
        _ parameters: ParameterVector, along gradient: ParameterVector, learningRate: Float, state: RuleState
    ) {
        decay.apply(to: parameters, gradient, learningRate: learningRate)
        guard momentum != 0 else { return parameters.add(-learningRate, times: gradient) }
        var share: Float = 1
        if dampening != 0 {
            // The velocity begins as the first gradient, whole.
            if state["steps"] > 0 { share = 1 - dampening }
            state["steps"] += 1
        }
        let (momentum, isNesterov) = (momentum, isNesterov)
        parameters.update(and: state.vector("velocity"), with: gradient) { w, v, g in
            v = momentum * v + share * g
            w -= learningRate * (isNesterov ? g + momentum * v : v)
        }
    }
}
