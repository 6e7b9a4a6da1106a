import Parameters

/// The most that the loss was found to rise within a ball around the parameters, each in proportion to its size.
///
/// - Complexity: 20 gradients, each with its loss, and a loss more.
public struct AdaptiveSharpnessWorst: Measure {
    public static let about = MeasureDescription(
        id: "adaptive_sharpness_worst", title: "Worst-case adaptive sharpness", family: "sharpness",
        formula: "max of L(θ + |θ|∘ε) - L(θ) over |ε|_∞ ≤ ρ, by projected ascent",
        source: "Andriushchenko et al., arXiv 2302.07011; ascent of Croce and Hein, arXiv 2003.01690, in ε",
        invariances: [.layerRescaling, .neuronRescaling, .permutation], reads: [.trainingInputs, .trainingLabels],
        predictedSign: .negative, effortUnit: "gradients",
        limits:
            """
            A lower bound: the ascent may miss the maximum. With adaptive no it is the plain one, which rescaling \
            changes.
            """,
        options: [
            Parameter(
                "rho", .number(in: 1e-9...100),
                default: .absent(meaning: "0.002; with norm l2 0.5, or 0.05 where it is not adaptive"),
                "radius of the ball"),
            Parameter("norm", default: Ascent.Norm.linf, "of the ball"),
            Parameter("adaptive", default: true, "whether directions are in proportion to the parameters"),
            .points(), .seed,
        ])

    private let radius: Double
    private let norm: Ascent.Norm
    private let isAdaptive: Bool
    private let choice: ViewChoice

    public init(options: ParameterValues) {
        norm = options.choice("norm")
        isAdaptive = options.flag("adaptive")
        let standard = norm == .linf ? 0.002 : isAdaptive ? 0.5 : 0.05
        radius = options["rho"]?.number ?? standard
        choice = ViewChoice(options)
    }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured(choice) { view in
            let theta = view.network.parameters
            let scale = isAdaptive ? theta.map(abs) : theta.map { _ in 1 }
            let worst = Ascent(view.lossSurface, from: theta, scale: scale, radius: radius, norm)
            return MeasuredValue(
                worst.loss - view.lossSurface.loss(at: theta), effort: 20)
        }
    }
}
