import Parameters

/// How much the loss rises in one normalised step up the gradient: what sharpness-aware minimisation descends.
public struct SAMSharpness: Measure {
    public static let about = MeasureDescription(
        id: "sam_sharpness", title: "One-step sharpness", family: "sharpness",
        formula: "L(θ + ρ ∇L/|∇L|) - L(θ)", source: "Foret et al., arXiv 2010.01412",
        invariances: [.permutation], reads: [.trainingInputs, .trainingLabels], predictedSign: .negative,
        effortUnit: "points", limits: "Of first order, a lower bound of the worst case. Not invariant to rescaling.",
        options: [OneStep.radius(0.05), .points(), .seed, .gauge])

    private let step: OneStep

    public init(options: ParameterValues) { step = OneStep(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue { step.evaluate(subject, isAdaptive: false) }
}

/// The same in proportion to each parameter.
public struct ASAMSharpness: Measure {
    public static let about = MeasureDescription(
        id: "asam_sharpness", title: "One-step adaptive sharpness", family: "sharpness",
        formula: "L(θ + ρ θ²∘∇L/|θ∘∇L|) - L(θ)", source: "Kwon et al., arXiv 2102.11600, with |θ| for all parameters",
        invariances: [.layerRescaling, .neuronRescaling, .permutation], reads: [.trainingInputs, .trainingLabels],
        predictedSign: .negative, effortUnit: "points", limits: "Of first order, a lower bound of the worst case.",
        options: [OneStep.radius(0.5), .points(), .seed])

    private let step: OneStep

    public init(options: ParameterValues) { step = OneStep(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue { step.evaluate(subject, isAdaptive: true) }
}

/// A normalised step up the gradient.
private struct OneStep {
    static func radius(_ standard: Double) -> Parameter {
        Parameter("rho", numbers: 1e-9...100, default: standard, "length of the step")
    }

    private let rho: Double
    private let choice: ViewChoice

    init(_ options: ParameterValues) {
        rho = options.number("rho")
        choice = ViewChoice(options)
    }

    func evaluate(_ subject: Subject, isAdaptive: Bool) -> MeasuredValue {
        subject.measured(choice) { view in
            let theta = view.network.parameters
            let scale = isAdaptive ? theta.map(abs) : theta.map { _ in 1 }
            let uphill = zip(scale, view.gradient).map(*)
            let length = sumOfSquares(uphill, uphill.indices).squareRoot()
            // Where the gradient is 0 there is no step.
            guard length > 0 else { return MeasuredValue(0, effort: view.count) }
            var after = theta
            for place in after.indices { after[place] += rho * scale[place] * uphill[place] / length }
            return MeasuredValue(
                view.lossSurface.loss(at: after) - view.lossSurface.loss(at: theta), effort: view.count)
        }
    }
}
