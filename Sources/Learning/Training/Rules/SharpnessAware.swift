import Parameters

/// Sharpness-aware minimisation: the step is along the gradient at a place ρ up the slope of the same batch (Foret et
/// al., arXiv 2010.01412, equations 2 and 3).
public struct SAM: UpdateRule {
    public static let about = UpdateRuleDescription(
        id: "sam", title: "Sharpness-aware minimisation", formula: "w ← w − η ∇L(w + ρ g/|g|), by SGD's step",
        source: "Foret et al., arXiv 2010.01412, eq. 2 and 3",
        parameters: [Ascents.radius(0.05)] + Ascents.parameters + MomentumStep.parameters)

    private let ascents: Ascents
    private let step: MomentumStep

    public init(_ values: ParameterValues) {
        ascents = Ascents(values)
        step = MomentumStep(values)
    }

    public static func problem(with values: ParameterValues) -> String? { MomentumStep.problem(with: values) }

    public static func plainest(_ values: ParameterValues) -> UpdateRuleName { Ascents.plainest(about, values) }

    public var isPlainDescent: Bool { ascents.isNone && step.isPlainDescent }

    public var memory: RuleMemory { step.memory.with(scratch: ["start"]) }

    public func step(
        _ parameters: ParameterVector, along gradient: ParameterVector, learningRate: Float, state: RuleState,
        gradientHere: (ParameterVector) -> Float
    ) {
        let start = state.vector("start")
        start.copy(parameters)
        ascents.climb(from: parameters, along: gradient, gradientHere) { gradient in
            ascents.factor(of: gradient.norm)
        }
        parameters.copy(start)
        step(parameters, along: gradient, learningRate: learningRate, state: state)
    }
}

/// The same with each weight in proportion to its size (Kwon et al., arXiv 2102.11600): T = |w| + η₀ of weights, 1 of
/// biases, as in the authors' own program.
public struct ASAM: UpdateRule {
    public static let about = UpdateRuleDescription(
        id: "asam", title: "Adaptive sharpness-aware minimisation",
        formula: "w ← w − η ∇L(w + ρ T² g/|T g|), T = |w| + η₀ of weights, 1 of biases, by SGD's step",
        source: "Kwon et al., arXiv 2102.11600",
        parameters: [
            Ascents.radius(0.5), Parameter("eta", numbers: 0...10, default: 0.01, "η₀: what is added to each |w|"),
        ] + Ascents.parameters + MomentumStep.parameters)

    private let ascents: Ascents
    private let eta: Float
    private let step: MomentumStep

    public init(_ values: ParameterValues) {
        ascents = Ascents(values)
        eta = Float(values.number("eta"))
        step = MomentumStep(values)
    }

    public static func problem(with values: ParameterValues) -> String? { MomentumStep.problem(with: values) }

    public static func plainest(_ values: ParameterValues) -> UpdateRuleName { Ascents.plainest(about, values) }

    public var isPlainDescent: Bool { ascents.isNone && step.isPlainDescent }

    public var memory: RuleMemory { step.memory.with(scratch: ["start", "scale"]) }

    public func step(
        _ parameters: ParameterVector, along gradient: ParameterVector, learningRate: Float, state: RuleState,
        gradientHere: (ParameterVector) -> Float
    ) {
        let (start, scale) = (state.vector("start"), state.vector("scale"))
        start.copy(parameters)
        let eta = eta
        scale.update(with: parameters) { $0 = abs($1) + eta }
        scale.setBiases(to: 1)
        ascents.climb(from: parameters, along: gradient, gradientHere) { gradient in
            gradient.update(with: scale) { $0 *= $1 }
            let length = gradient.norm
            gradient.update(with: scale) { $0 *= $1 }
            return ascents.factor(of: length)
        }
        parameters.copy(start)
        step(parameters, along: gradient, learningRate: learningRate, state: state)
    }
}

/// How parameters climb before the gradient is taken: one step of length ρ, or several of ρ/k, each along the gradient
/// where it begins.
private struct Ascents: Sendable {
    static func radius(_ standard: Double) -> Parameter {
        Parameter("radius", numbers: 0...1000, default: standard, "ρ: how far up the slope the gradient is taken")
    }

    static let parameters = [
        Parameter("ascent_steps", integers: 1...1000, default: 1, "steps up the slope, of ρ altogether"),
        Parameter("perturbs_biases", default: true, "whether biases climb, too"),
    ]

    /// The length of one step.
    let stride: Double
    private let count: Int
    private let perturbsBiases: Bool

    init(_ values: ParameterValues) {
        count = values.integer("ascent_steps")
        stride = values.number("radius") / Double(count)
        perturbsBiases = values.flag("perturbs_biases")
    }

    var isNone: Bool { Float(stride) == 0 }

    /// SGD where nothing climbs, else the rule with what its values change.
    static func plainest(_ about: UpdateRuleDescription, _ values: ParameterValues) -> UpdateRuleName {
        let descent = MomentumStep.plainest(values)
        guard !Ascents(values).isNone else { return descent }
        let shared = Set(MomentumStep.parameters.map(\.name))
        var name = UpdateRuleName(about.id, about.parameters.filter { !shared.contains($0.name) }, of: values)
        name.stated.merge(descent.stated) { $1 }
        return name
    }

    /// What a gradient is multiplied by for one step: ρ/k over its length. One that is as good as 0 gives no direction.
    func factor(of length: Double) -> Double { length > 1e-30 ? stride / length : 0 }

    /// Moves the parameters up, and writes the gradient there into `gradient`.
    ///
    /// - Parameter direction: makes a direction of a gradient in place, and gives what it is multiplied by.
    func climb(
        from parameters: ParameterVector, along gradient: ParameterVector, _ gradientHere: (ParameterVector) -> Float,
        direction: (ParameterVector) -> Double
    ) {
        guard !isNone else { return }
        for _ in 0..<count {
            if !perturbsBiases { gradient.setBiases(to: 0) }
            let factor = direction(gradient)
            parameters.add(Float(factor), times: gradient)
            _ = gradientHere(gradient)
        }
    }
}
