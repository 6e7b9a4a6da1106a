import Parameters

/// The most that the loss was found to rise in a box around the parameters, in per cent of one plus the loss.
public struct KeskarSharpness: Measure {
    public static let about = MeasureDescription(
        id: "keskar_sharpness", title: "Sharpness in a box", family: "sharpness",
        formula: "100 (max L - L(θ))/(1 + L(θ)) over |δ_i| ≤ ρ (|θ_i| + 1)",
        source: "Keskar et al., arXiv 1609.04836; by projected ascent",
        invariances: [.permutation], reads: [.trainingInputs, .trainingLabels], predictedSign: .negative,
        effortUnit: "gradients", limits: "A lower bound: the ascent may miss the maximum. Not invariant to rescaling.",
        options: [Parameter("rho", numbers: 1e-9...100, default: 1e-3, "size of the box"), .points(), .seed, .gauge])

    private let rho: Double
    private let choice: ViewChoice

    public init(options: ParameterValues) {
        rho = options.number("rho")
        choice = ViewChoice(options)
    }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured(choice) { view in
            let (theta, surface) = (view.network.parameters, view.lossSurface)
            let loss = surface.loss(at: theta)
            let worst = Ascent(surface, from: theta, scale: theta.map { abs($0) + 1 }, radius: rho, .linf)
            return MeasuredValue(100 * (worst.loss - loss) / (1 + loss), effort: 20)
        }
    }
}
