import Randomness
import Statistics

/// A study whose truth is known, to find out how often verdicts are wrong.
///
/// Half of the models belong to each of two regimes. With independent standard normal numbers e, f, … a model has
///
/// - `nuisance` w, a column such as a network's dead units,
/// - the target y = regime shift + w + b `causal` + e,
/// - `causal`: c, which moves the target in every regime,
/// - `by_regime`: the regime's shift + f, without a link to the target within a regime,
/// - `by_nuisance`: w + g, without a link to the target other than through w,
/// - `noise_1`, `noise_2`: nothing,
/// - `leak`: y + h, which reads what it would have to predict, and says so.
public struct SimulatedStudy: Sendable {
    /// What is true of a candidate.
    public enum Truth: String, Sendable, CaseIterable {
        case causal, byRegime = "by_regime", byNuisance = "by_nuisance", noise, leak

        /// The word that is right; others are errors, or for `causal` a lack of power.
        public var word: Verdict.Word {
            switch self {
            case .causal: .supported
            case .byRegime, .byNuisance: .confounded
            case .noise: .undetectable
            case .leak: .notAPredictor
            }
        }
    }

    public let evidence: Evidence
    /// One a candidate of the evidence.
    public let truths: [Truth]

    /// - Parameters:
    ///   - models: how many; the regimes alternate.
    ///   - effect: the correlation of `causal` with the target given regime and nuisance, in -1...1 without the ends.
    ///   - shift: between the regimes, in standard deviations of f.
    ///   - seed: equal seeds give equal studies.
    public init(models: Int, effect: Double = 0.5, shift: Double = 2, seed: UInt64) {
        precondition(models >= 0 && abs(effect) < 1, "\(models) models with an effect of \(effect)")
        var numbers = NativeStream(seed: seed).child("simulated study")
        let slope = effect / (1 - effect * effect).squareRoot()
        var columns: [String: [Double?]] = [:]
        var regimes: [String?] = []
        for model in 0..<models {
            let regime = Double(model % 2)
            regimes.append(model % 2 == 0 ? "small" : "large")
            let (w, c) = (numbers.normal(), numbers.normal())
            let y = shift * regime + w + slope * c + numbers.normal()
            let row = [
                "nuisance": w, "target": y, "causal": c, "by_regime": shift * regime + numbers.normal(),
                "by_nuisance": w + numbers.normal(), "noise_1": numbers.normal(), "noise_2": numbers.normal(),
                "leak": y + numbers.normal(),
            ]
            for (name, value) in row { columns[name, default: []].append(value) }
        }
        func column(_ name: String) -> Column { Column(name, columns[name] ?? []) }
        let named: [(String, Truth)] = [
            ("causal", .causal), ("by_regime", .byRegime), ("by_nuisance", .byNuisance), ("noise_1", .noise),
            ("noise_2", .noise), ("leak", .leak),
        ]
        truths = named.map(\.1)
        evidence = Evidence(
            target: column("target"),
            candidates: named.map { Candidate(column($0), mayPredict: $1 != .leak) },
            factors: [Factor("regime", regimes)], confounders: [Confounder(column("nuisance"))])
    }
}
