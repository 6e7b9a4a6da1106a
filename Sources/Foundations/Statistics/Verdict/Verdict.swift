/// What a study says of a measure as a predictor of its target.
public struct Verdict: Sendable, Hashable {
    /// The things that can be said. `VerdictRule` has the rule behind each.
    public enum Word: String, Sendable, Codable, CaseIterable {
        /// The correlation stands after correction, and under every condition that was held fixed, also if what was
        /// held fixed is known with a tenth of noise only.
        case supported
        /// The same, or masked, but for the last: with some noise in what was held fixed nothing need be left.
        case fragile
        /// It does not stand raw, or with the other sign; with everything held fixed it does.
        case masked
        /// It stands raw, and what could refute it could not be tried, or this study cannot tell.
        case open
        /// It stands raw, but a condition takes most of it, or it depends on which models were drawn.
        case unstable
        /// It stands raw, and goes once a condition is held fixed.
        case confounded
        /// It does not stand.
        case undetectable = "undetectable at this n"
        /// The measure reads what it would have to predict.
        case notAPredictor = "not a predictor"
    }

    /// What makes a correlation that stands unstable.
    public enum Doubt: Sendable, Hashable {
        /// A trial weakened it.
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
    /// The word if only what was decided before training is held fixed, the design; equal to `word` without
    /// confounders.
    public let wordBeforeTraining: Word?
    /// Why it is unstable; empty for other words.
    public let doubts: [Doubt]
    /// Over all models, with its bootstrap interval.
    public let raw: Correlation
    /// p after Holm's correction over the measures that may predict; nil for one that may not.
    public let holmPValue: Double?
    /// p after Westfall and Young's, by which a correlation stands: whole configurations change places where there are
    /// many. Nil for a measure that may not predict.
    public let correctedPValue: Double?
    /// How many measures were tried that may predict, those without a correlation included.
    public let tried: Int
    /// How many of those have a correlation: the family that the corrections are over.
    public let tested: Int
    /// In the order of the conditions: the design, then each confounder with it, then all.
    public let trials: [Trial]
    /// The least condition under which a correlation shows that does not raw; nil where there is none.
    public let unmasking: Trial?
    /// Whether whole configurations were held fixed; where they were not, nothing is called supported.
    public let holdsConfigurations: Bool
    /// The least reliability of the confounders, in steps of 0.02, at which what the word asks is still told from
    /// nothing; nil where it is at none, or nothing was held fixed whose noise is unknown.
    public let leastReliability: Double?
    /// What an unmeasured confounder would have to be; nil where it takes none.
    public let sensitivity: Sensitivity?
    /// What the measure adds to the baseline.
    public let gain: Result<CrossFittedGain, UndefinedGain>
    /// The size of rho that would be found at 80 % power, level and correction as here; nil with too few models.
    public let detectable: Double?
    /// For an estimated measure.
    public let reliability: Result<Reliability, UndefinedReliability>?
    /// For an estimated target: over all models, and of what the design leaves of it.
    public let targetReliability: Result<Reliability, UndefinedReliability>?
    public let targetReliabilityWithin: Result<Reliability, UndefinedReliability>?
    /// Within-stratum correlations over the configurations of the design; nil without one.
    public let strata: WithinStrata?

    /// The trial that speaks loudest against the measure: a lost or reversed one, then a weakened or open one, then one
    /// that could not be held fixed, then the largest p. Of a masked one, what unmasks it.
    public var hardest: Trial? {
        if let unmasking { return unmasking }
        func weight(_ trial: Trial) -> (Int, Double) {
            let size = abs(trial.value ?? 0)
            return switch trial.outcome {
            case .lost, .reversed: (4, -size)
            case .weakened, .open, .unresolved, .indistinct: (3, trial.pValue ?? 1)
            case .notApplicable: (2, 0)
            case .survived: (1, trial.noisy?.pValue ?? trial.pValue ?? 1)
            }
        }
        return raw.estimate == nil ? nil : trials.max { weight($0) < weight($1) }
    }
}
