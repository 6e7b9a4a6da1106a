/// What a study says of a measure as a predictor of its target.
public struct Verdict: Sendable, Hashable {
    /// The five things that can be said. `VerdictRule` has the rule behind each.
    public enum Word: String, Sendable, Codable, CaseIterable {
        /// The correlation stands after correction, and under every condition that was held fixed.
        case supported
        /// It stands raw, and most of it goes once a condition is held fixed.
        case confounded
        /// It stands raw, but this study cannot tell whether it survives, or it depends on which models were drawn; or it
        /// stands only given the design.
        case unstable
        /// It does not stand.
        case undetectable = "undetectable at this n"
        /// The measure reads what it would have to predict.
        case notAPredictor = "not a predictor"
    }

    /// The raw correlation held against the partial one.
    public struct Trial: Sendable, Hashable {
        public enum Outcome: Sendable, Hashable {
            /// Same sign, and a p below the level.
            case survived
            /// At least half of it is gone or its sign has turned, by more than chance takes.
            case lost
            /// Neither; or there was nothing to survive.
            case open
            /// It would be lost, but the confounder has this rank correlation with the measure: they cannot be told apart.
            case indistinct(Double)
            /// The raw correlation does not stand and the partial one does, by more than chance: the condition hides it.
            case hidden
            /// There is no partial correlation, and why that says nothing against the measure.
            case notApplicable(String)
        }

        /// The name of the condition.
        public let condition: String
        public let partial: Correlation
        /// Whether the change is more than chance; nil where the outcome did not depend on it.
        public let change: DisagreementTest?
        public let outcome: Outcome

        var isOpen: Bool {
            switch outcome {
            case .open, .indistinct: true
            case .survived, .lost, .hidden, .notApplicable: false
            }
        }
    }

    /// What makes a correlation that stands unstable.
    public enum Doubt: Sendable, Hashable {
        /// A trial left it open, or its condition hides it.
        case trial
        /// The interval includes 0.
        case interval
        /// Configurations contradict each other.
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
    /// In the order of the conditions: the design, then each confounder with it.
    public let trials: [Trial]
    /// What the measure adds to the baseline.
    public let gain: Result<CrossFittedGain, UndefinedGain>
    /// The size of rho that would be found at 80 % power, level and correction as here; nil with too few models.
    public let detectable: Double?
    /// For an estimated measure.
    public let reliability: Result<Reliability, UndefinedReliability>?
    /// Within-stratum correlations over the configurations of the design; nil without one.
    public let strata: WithinStrata?

    /// The trial that speaks loudest against the measure: a lost one, then an open one, then the largest p.
    public var hardest: Trial? {
        func weight(_ trial: Trial) -> (Int, Double) {
            let size = abs(trial.partial.estimate ?? 0)
            return switch trial.outcome {
            case .lost, .hidden: (3, -size)
            case .open, .indistinct: (2, trial.partial.pValue ?? 1)
            case .survived: (1, trial.partial.pValue ?? 1)
            case .notApplicable: (0, 0)
            }
        }
        return trials.filter { if case .notApplicable = $0.outcome { false } else { true } }
            .max { weight($0) < weight($1) }
    }
}
