import Measures

/// A column of a simulated study, and what is true of it.
public struct SimulatedColumn: Sendable, Equatable {
    /// How a column comes about. *z* is what is a network's own in its target, *r* its regime (-1 or 1), *e* noise of
    /// the column alone; z and e are standard normal.
    public enum Truth: Sendable, Equatable {
        /// What the others are held against.
        case target
        /// a z + √(1 - a²) e: goes with the target however networks were trained; *a* in -1...1 is its correlation with
        /// z.
        case causal(Double)
        /// b r + e: goes with the target over regimes, and is independent of it within one.
        case confounded(Double)
        /// e
        case noise
        /// The target itself with a tenth of noise and the other sign: reads unseen labels, so is no predictor.
        case leaking

        /// The word for it.
        public var name: String {
            switch self {
            case .target: "target"
            case .causal: "causal"
            case .confounded: "confounded"
            case .noise: "noise"
            case .leaking: "leaking"
            }
        }

        /// *a* or *b*; nil where there is none.
        public var weight: Double? {
            switch self {
            case .causal(let weight), .confounded(let weight): weight
            case .target, .noise, .leaking: nil
            }
        }
    }

    public let name: String
    /// The measure of the catalogue behind it, so that the column is trusted as a predictor or not.
    public let measure: String
    public let truth: Truth
    /// Of a column that is estimated; 0 for exact ones. The estimate's error comes on top of the truth.
    public let standardError: Double
    /// The share of the networks for which it is undefined, 0...1.
    public let undefinedShare: Double

    init(
        _ name: String, measure: String? = nil, _ truth: Truth, standardError: Double = 0, undefinedShare: Double = 0
    ) {
        self.name = name
        self.measure = measure ?? name
        self.truth = truth
        self.standardError = standardError
        self.undefinedShare = undefinedShare
    }

    /// The target, then measures of the catalogue under their own names, then made-up ones of each kind in turn.
    ///
    /// Fewer columns are the beginning of more.
    static func all(_ count: Int) -> [SimulatedColumn] {
        let named = [
            SimulatedColumn(TestAccuracy.about.id, .target),
            SimulatedColumn(PairProxy.about.id, .causal(0.4)),
            SimulatedColumn(HessianTrace.about.id, .confounded(-1)),
            SimulatedColumn(HutchinsonTrace.about.id, .causal(-0.3), standardError: 1),
            SimulatedColumn(WeightNormL2.about.id, .noise),
            SimulatedColumn(TestLoss.about.id, .leaking),
            SimulatedColumn(FeatureRank.about.id, .confounded(0.5), undefinedShare: 0.01),
            SimulatedColumn(DeadUnits.about.id, .causal(-0.1)),
            SimulatedColumn(TrainLoss.about.id, .noise),
            SimulatedColumn(Epochs.about.id, .confounded(0.25)),
        ]
        let madeUp = (0..<max(0, count - named.count)).map { index in
            let number = index / 4 + 1
            let suffix = number < 10 ? "_0\(number)" : "_\(number)"
            // Ever weaker ones, some of which are found in large studies only.
            let weight = (number % 2 == 0 ? -0.5 : 0.5) / Double(number)
            return switch index % 4 {
            case 0: SimulatedColumn("causal" + suffix, measure: WeightNormL2.about.id, .causal(weight))
            case 1: SimulatedColumn("confounded" + suffix, measure: WeightNormL2.about.id, .confounded(weight))
            case 2: SimulatedColumn("noise" + suffix, measure: WeightNormL2.about.id, .noise, undefinedShare: 0.01)
            default:
                SimulatedColumn(
                    "estimated" + suffix, measure: HutchinsonTrace.about.id, .causal(weight), standardError: 0.5)
            }
        }
        return Array(named.prefix(count)) + madeUp
    }
}
