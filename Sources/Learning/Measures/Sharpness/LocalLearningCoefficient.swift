import Foundation
import Parameters
import Randomness

/// How fast the volume of nearby parameters grows with the loss that they are allowed: half the number of directions
/// that matter where the loss is quadratic, less where it is flatter than that.
///
/// Under exp(-U), U = nβL + ½γ|θ' - θ|², a quadratic loss with curvatures h gives ½ Σ nβh/(nβh + γ).
///
/// - Complexity: chains · (burn-in + draws) gradients, each with its loss.
public struct LocalLearningCoefficient: Measure {
    public static let about = MeasureDescription(
        id: "local_learning_coefficient", title: "Local learning coefficient", family: "sharpness",
        formula: "nβ (E L - L(θ)), β = 1/ln n, E under exp(-nβL - ½γ|·-θ|²)",
        source: "Lau et al., arXiv 2308.12108; chains of Langevin steps, each accepted or refused",
        invariances: [.permutation], reads: [.trainingInputs, .trainingLabels], predictedSign: .none,
        effortUnit: "gradients",
        limits:
            """
            An estimate: permuting units leaves its law, not its draws. The error is of the chains' scatter: what they \
            have not reached yet it does not know (details r_hat, acceptance). Hangs on the localization. Negative is \
            possible where θ is no minimum. Not invariant to rescaling.
            """,
        options: [
            Parameter("localization", numbers: 1e-6...1e9, default: 100, "γ: how strongly draws are held near θ"),
            Parameter("chains", integers: 2...1000, default: 4, "chains, each from a draw of exp(-½γ|·-θ|²)"),
            Parameter("burn_in", integers: 1...1_000_000, default: 200, "steps of a chain that are no draws"),
            Parameter("draws", integers: 2...1_000_000, default: 200, "steps of a chain that are"),
            .points(), .seed, .gauge,
        ])

    private let localization: Double
    private let chains, burnIn, draws: Int
    private let choice: ViewChoice
    private let seed: UInt64

    public init(options: ParameterValues) {
        localization = options.number("localization")
        chains = options.integer("chains")
        burnIn = options.integer("burn_in")
        draws = options.integer("draws")
        choice = ViewChoice(options)
        seed = UInt64(options.integer("seed"))
    }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured(choice) { view in
            guard view.count > 1 else { return .undefined("one training point gives no temperature, which is 1/ln n") }
            let weight = Double(view.count) / log(Double(view.count))
            let (theta, surface) = (view.network.parameters, view.lossSurface)
            let base = surface.loss(at: theta)
            let own = subject.stream(Self.about.id, seed: seed)
            var (means, variances): ([Double], [Double]) = ([], [])
            var acceptances: [Double] = []
            for chain in 0..<chains {
                let (losses, acceptance) = losses(around: theta, weight: weight, surface, own.child(UInt64(chain)))
                guard acceptance >= 0.01, losses.allSatisfy(\.isFinite) else {
                    return MeasuredValue(.failed, reason: "a chain stood still: more burn_in may find its step")
                }
                acceptances.append(acceptance)
                means.append(losses.reduce(0, +) / Double(draws))
                variances.append(varianceOfMean(losses) * Double(draws))
            }
            let (mean, error) = meanAndError(means)
            let agreement = Self.potentialScaleReduction(means: means, variances: variances, draws: draws)
            return MeasuredValue(
                weight * (mean - base), standardError: weight * error,
                effort: chains * (burnIn + draws + 1),
                note: agreement > 1.1 ? "the chains have not mixed: more burn_in and draws may help" : nil,
                details: ["acceptance": acceptances.reduce(0, +) / Double(chains), "r_hat": agreement])
        }
    }

    /// The losses that one chain draws, and the share of steps that it accepted.
    private func losses(
        around theta: [Double], weight: Double, _ surface: LossSurface, _ stream: NativeStream
    ) -> (losses: [Double], acceptance: Double) {
        var stream = stream
        let width = 1 / localization.squareRoot()
        // Where no loss holds them draws are as wide as this from the start: those directions, which are nearly all,
        // have nothing to reach, and chains begin far from each other.
        var chain = LangevinChain(
            from: theta.map { $0 + width * stream.normal() }, step: width * width / cbrt(Double(theta.count)),
            stream: stream
        ) { parameters in
            var (loss, gradient) = surface.lossAndGradient(at: parameters)
            var distance = 0.0
            for place in gradient.indices {
                let offset = parameters[place] - theta[place]
                distance += offset * offset
                gradient[place] = weight * gradient[place] + localization * offset
            }
            return (weight * loss + 0.5 * localization * distance, gradient)
        }
        chain.settle(steps: burnIn)
        var losses: [Double] = []
        var accepted = 0.0
        for _ in 0..<draws {
            accepted += chain.advance()
            let distance = zip(chain.state, theta).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
            losses.append((chain.energy - 0.5 * localization * distance) / weight)
        }
        return (losses, accepted / Double(draws))
    }

    /// √(V/W), V = (1 - 1/draws) W + the variance of the chains' means, W the mean variance within chains: near 1 where
    /// chains cannot be told apart (Gelman et al., Bayesian Data Analysis, 3rd ed., section 11.4).
    private static func potentialScaleReduction(means: [Double], variances: [Double], draws: Int) -> Double {
        let within = variances.reduce(0, +) / Double(variances.count)
        let between = varianceOfMean(means) * Double(means.count)
        return within > 0 ? ((Double(draws) - 1) / Double(draws) + between / within).squareRoot() : 1
    }
}
