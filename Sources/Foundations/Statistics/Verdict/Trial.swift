extension Verdict {
    /// The raw correlation held against the one with a condition held fixed.
    public struct Trial: Sendable, Hashable {
        public enum Outcome: Sendable, Hashable {
            /// Same sign, a p below the level, and at least half of it left or no more lost than chance takes.
            case survived
            /// Less than half of it is left, by more than chance takes, and what is left is not told from nothing.
            case lost
            /// What is left has the other sign, and stands after correction.
            case reversed
            /// Less than half of it is left, by more than chance takes, but more than nothing.
            case weakened
            /// It would survive, but is not told from nothing where confounders are held as finely as the networks
            /// bear.
            case unresolved
            /// What is left is not told from nothing, or its slope not from the raw one; or there was nothing to
            /// survive.
            case open
            /// It would be lost, but so little of the measure is left, a tenth of its variance or less, that the raw
            /// correlation's slope is not refuted: measure and confounders cannot be told apart. With more left it is
            /// open. The share of its variance that is left.
            case indistinct(shareLeft: Double)
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

        /// What a correlation would be if the confounders of unknown noise had a given reliability, those of known
        /// noise their own.
        public struct Noisy: Sendable, Hashable {
            /// Of those whose noise is not known.
            public let reliability: Double
            /// Two-sided; 1 where the correction has no answer.
            public let pValue: Double
            /// 1 or -1; 0 where the correction has no answer.
            public let sign: Double
        }

        /// The correlation with confounders held as finely as the networks bear (`FinestControls`).
        public struct Finest: Sendable, Hashable {
            /// 0 where so much determines measure or target.
            public let value: Double
            /// Two-sided; see `FinestControls.correlation`.
            public let pValue: Double
            /// Held fixed beside the categories' means.
            public let columns: Int
        }

        /// What was held fixed.
        public let names: [String]
        /// By least squares on ranks, lines for numbers.
        public let partial: Correlation
        /// By curves of the ranks; what the outcome is from.
        public let curved: Result<ResidualTest, UndefinedCorrelation>
        /// p of `curved`, corrected over measures and conditions (Westfall and Young); nil for no predictor.
        public let correctedPValue: Double?
        /// Nil where no confounder was held fixed.
        public let noisy: Noisy?
        /// Nil where no confounder was held fixed, or `curved` is not told from nothing.
        public let finest: Finest?
        /// Whether the change is more than chance; nil where the outcome did not depend on it.
        public let change: DisagreementTest?
        public let outcome: Outcome
        public var condition: String { names.joined(separator: ", ") }
        /// The correlation given curves of the condition.
        public var value: Double? { (try? curved.get())?.value }
        public var pValue: Double? { (try? curved.get())?.pValue }

        /// Whether a correlation that stands has not earned its survival, and has not been refuted.
        var isOpen: Bool {
            switch outcome {
            case .open, .unresolved, .indistinct, .notApplicable: true
            case .survived, .lost, .reversed, .weakened: false
            }
        }
    }
}
