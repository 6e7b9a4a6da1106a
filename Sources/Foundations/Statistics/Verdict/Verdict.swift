/// What a study says of a measure as a predictor of its target.
public struct Verdict: Sendable, Hashable {
    /// The five things that can be said. `VerdictRule` has the rule behind each.
    public enum Word: String, Sendable, Codable, CaseIterable {
        /// The correlation stands after correction, and under every condition that was held fixed.
        case supported
        /// It stands raw, and most of it goes once a condition is held fixed.
        case confounded
        /// It stands raw, but this study cannot tell whether it survives, or it depends on which models were drawn; or
        /// it stands only given the design.
        case unstable
        /// It does not stand.
        case undetectable = "undetectable at this n"
        /// The measure reads what it would have to predict.
        case notAPredictor = "not a predictor"
    }

    /// The raw correlation held against the partial one.
    public struct Trial: Sendable, Hashable {
        public enum Outcome: Sendable, Hashable {
            /// Same sign, a p below the level, and at least half of it left or no more lost than chance takes.
            case survived
            /// Less than half of it is left, by more than chance takes, and what is left is not told from nothing.
            case lost
            /// Less than half of it is left, by more than chance takes, but more than nothing.
            case weakened
            /// The partial correlation is not told from nothing, nor from the raw one; or there was nothing to survive.
            case open
            /// It would be lost or weakened, but the confounder has this rank correlation with the measure: they cannot
            /// be told apart.
            case indistinct(Double)
            /// The raw correlation does not stand and the partial one does, by more than chance: the condition hides
            /// it.
            case hidden
            /// The condition could not be held fixed, and why.
            case notApplicable(Obstacle)
        }

        /// Why a condition could not be held fixed.
        public enum Obstacle: Sendable, Hashable, CustomStringConvertible {
            case noRawCorrelation
            case undefined(UndefinedCorrelation)

            public var description: String {
                switch self {
                case .noRawCorrelation: "There is no raw correlation."
                case .undefined(let undefined): undefined.description
                }
            }
        }

        /// What was held fixed.
        public let names: [String]
        public let partial: Correlation
        /// Whether the change is more than chance; nil where the outcome did not depend on it.
        public let change: DisagreementTest?
        public let outcome: Outcome

        public var condition: String { names.joined(separator: ", ") }

        /// Whether a correlation that stands has not earned its survival, and has not been refuted.
        var isOpen: Bool {
            switch outcome {
            case .weakened, .open, .indistinct, .notApplicable: true
            case .survived, .lost, .hidden: false
            }
        }
    }

    /// What makes a correlation that stands unstable.
    public enum Doubt: Sendable, Hashable {
        /// A trial left it open or weakened, or its condition hides it.
        case trial
        /// The interval includes 0.
        case interval
        /// Configurations contradict each other: they differ by more than chance, and one has the other sign with a p
        /// below the level, or another such configuration is to be expected on either side of 0.
        case strata(heterogeneityP: Double)
    }

    public let measure: String
    /// Nil where the raw correlation is undefined.
    public let word: Word?
    /// Why it is unstable; empty for other words.
    public let doubts: [Doubt]
    /// Over all models, with its bootstrap interval.
    public let raw: Correlation
    /// p after Holm's correction over the measures that may predict; nil for one that may not.
    public let correctedPValue: Double?
    /// How many measures were tried that may predict, those without a correlation included.
    public let tried: Int
    /// How many of those have a correlation: the family that the correction is over.
    public let tested: Int
    /// In the order of the conditions: the design, then each confounder with it, then all.
    public let trials: [Trial]
    /// What the measure adds to the baseline.
    public let gain: Result<CrossFittedGain, UndefinedGain>
    /// The size of rho that would be found at 80 % power, level and correction as here; nil with too few models.
    public let detectable: Double?
    /// For an estimated measure.
    public let reliability: Result<Reliability, UndefinedReliability>?
    /// Within-stratum correlations over the configurations of the design; nil without one.
    public let strata: WithinStrata?

    /// The trial that speaks loudest against the measure: a lost one, then an open one, then one that could
    /// not be held fixed, then the largest p.
    public var hardest: Trial? {
        func weight(_ trial: Trial) -> (Int, Double) {
            let size = abs(trial.partial.estimate ?? 0)
            return switch trial.outcome {
            case .lost, .hidden: (4, -size)
            case .weakened, .open, .indistinct: (3, trial.partial.pValue ?? 1)
            case .notApplicable: (2, 0)
            case .survived: (1, trial.partial.pValue ?? 1)
            }
        }
        return raw.estimate == nil ? nil : trials.max { weight($0) < weight($1) }
    }
}
