import Parameters

/// What draws all parameters, biases too, towards 0: λ w joins the gradient, or, decoupled from it, w ← (1 − η λ) w
/// before the step (Loshchilov and Hutter, arXiv 1711.05101).
struct WeightDecay: Sendable {
    static func parameter(_ standard: Double) -> Parameter {
        Parameter("weight_decay", numbers: 0...1e6, default: standard, "λ of the pull towards 0")
    }

    static let decoupling = Parameter(
        "decoupled_weight_decay", default: false, "whether parameters shrink by it themselves, not by their gradient")

    let strength: Float
    let isDecoupled: Bool

    init(_ values: ParameterValues, isDecoupled: Bool? = nil) {
        strength = Float(values.number("weight_decay"))
        self.isDecoupled = isDecoupled ?? values.flag("decoupled_weight_decay")
    }

    var isNone: Bool { strength == 0 }

    func apply(to parameters: ParameterVector, _ gradient: ParameterVector, learningRate: Float) {
        guard !isNone else { return }
        if isDecoupled {
            parameters.scale(by: 1 - learningRate * strength)
        } else {
            gradient.add(strength, times: parameters)
        }
    }
}
