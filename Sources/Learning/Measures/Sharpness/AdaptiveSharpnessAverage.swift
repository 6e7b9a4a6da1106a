import Foundation
import Networks
import Parameters
import Randomness

/// How much the loss rises, in the mean, under noise in proportion to each parameter; each draw and its opposite.
///
/// - Complexity: two forward passes a pair.
public struct AdaptiveSharpnessAverage: Measure {
    public static let about = MeasureDescription(
        id: "adaptive_sharpness_average", title: "Average adaptive sharpness", family: "sharpness",
        formula: "mean of ½ (L(θ + d) + L(θ - d)) - L(θ), d = ρ |θ|∘ε, ε normal",
        source: "Andriushchenko et al., arXiv 2302.07011",
        invariances: [.layerRescaling, .neuronRescaling, .permutation], reads: [.trainingInputs, .trainingLabels],
        predictedSign: .negative, effortUnit: "pairs",
        limits:
            """
            An estimate: permuting units leaves its law, not its draws. Negative is possible. With logits as they are \
            it changes with the output's scale (option logits).
            """,
        options: [
            Parameter("rho", numbers: 1e-6...10, default: 0.1, "size of the noise, as a share of each parameter"),
            Parameter("pairs", integers: 2...1_000_000, default: 50, "draws, each with its opposite"),
            Parameter(
                "logits", default: LogitScale.plain, "whether each point's logits are centred and brought to length 1"),
            .points(), .seed,
        ])

    enum LogitScale: String, CaseIterable {
        case plain, normalized
    }

    private let rho: Double
    private let pairs: Int
    private let isNormalized: Bool
    private let choice: ViewChoice
    private let seed: UInt64

    public init(options: ParameterValues) {
        rho = options.number("rho")
        pairs = options.integer("pairs")
        isNormalized = options.choice("logits") == LogitScale.normalized
        choice = ViewChoice(options)
        seed = UInt64(options.integer("seed"))
    }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured(choice) { view in
            var stream = subject.stream(Self.about.id, seed: seed)
            let (theta, surface) = (view.network.parameters, view.lossSurface)
            func loss(_ parameters: [Double]) -> Double {
                isNormalized ? surface.normalizedLoss(at: parameters) : surface.loss(at: parameters)
            }
            let base = loss(theta)
            let rises = (0..<pairs).map { _ in
                let noise = theta.map { rho * abs($0) * stream.normal() }
                return 0.5 * (loss(zip(theta, noise).map(+)) + loss(zip(theta, noise).map(-))) - base
            }
            let (mean, error) = meanAndError(rises)
            return MeasuredValue(mean, standardError: error, effort: pairs)
        }
    }
}
