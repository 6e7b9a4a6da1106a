extension Verdict {
    /// What an unmeasured confounder would have to be to take a correlation away that everything measured leaves
    /// (Cinelli and Hazlett, JRSS B 82, 2020, on ranks).
    public struct Sensitivity: Sendable, Hashable {
        /// The share of the residual variance of measure and target, both alike, that it would have to explain for the
        /// partial correlation to be 0; and for its p to reach the level.
        public let robustnessValue: Double
        public let robustnessValueAtLevel: Double
        /// How many times as strong as the strongest measured confounder it would have to be for p to reach the level;
        /// nil where nothing was measured that could be one.
        public let multiple: Double?
        /// The strongest measured one.
        public let benchmark: String?
    }
}
