import Parameters

/// The most that the loss was found to rise within a ball around the parameters, each in proportion to its size.
///
/// - Complexity: 20 gradients, each with its loss, and a loss more, over all points.
public struct AdaptiveSharpnessWorst: Measure {
    public static let about = MeasureDescription(
        id: "adaptive_sharpness_worst", title: "Worst-case adaptive sharpness", family: "sharpness",
        formula: "max of L(θ + |θ|∘ε) - L(θ) over |ε|_∞ ≤ ρ, by projected ascent; with batches the mean of theirs",
        source: "Andriushchenko et al., arXiv 2302.07011; ascent of Croce and Hein, arXiv 2003.01690, in ε",
        invariances: [.layerRescaling, .neuronRescaling, .permutation], reads: [.trainingInputs, .trainingLabels],
        predictedSign: .negative, effortUnit: "gradients",
        limits:
            """
            A lower bound: the ascent may miss the maximum. With adaptive no it is the plain one, which rescaling \
            changes. In batches (m-sharpness) each has a worst direction of its own.
            """,
        options: [
            Parameter(
                "rho", .number(in: 1e-9...100),
                default: .absent(meaning: "0.002; with norm l2 0.5, or 0.05 where it is not adaptive"),
                "radius of the ball"),
            Parameter("norm", default: Ascent.Norm.linf, "of the ball"),
            .adaptive(default: true),
            Parameter(
                "batch", .integer(in: 1...1_000_000_000), default: .absent(meaning: "all at once"),
                "points of a batch; the last may have fewer"),
            .points(), .seed,
        ])

    private let radius: Double
    private let norm: Ascent.Norm
    private let isAdaptive: Bool
    /// Points of a batch; nil for all.
    private let batch: Int?
    private let choice: ViewChoice

    public init(options: ParameterValues) {
        norm = options.choice("norm")
        isAdaptive = options.flag("adaptive")
        let standard = norm == .linf ? 0.002 : isAdaptive ? 0.5 : 0.05
        radius = options["rho"]?.number ?? standard
        batch = options["batch"]?.integer
        choice = ViewChoice(options)
    }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured(choice) { view in
            guard let batch, batch < view.count else { return MeasuredValue(rise(view), effort: 20) }
            let batches = stride(from: 0, to: view.count, by: batch).map { $0..<min($0 + batch, view.count) }
            let sum = batches.reduce(0) { sum, points in
                sum + Double(points.count) * rise(PointView(view.network, view.points.selected(points)))
            }
            return MeasuredValue(sum / Double(view.count), effort: 20 * batches.count)
        }
    }

    private func rise(_ view: PointView) -> Double {
        let theta = view.network.parameters
        let scale = isAdaptive ? theta.map(abs) : theta.map { _ in 1 }
        let worst = Ascent(view.lossSurface, from: theta, scale: scale, radius: radius, norm)
        return worst.loss - view.lossSurface.loss(at: theta)
    }
}
