/// A population as numbers: what a reader may choose to see of it.
public struct NetworkData: Sendable, Hashable {
    /// Something that networks have: a measure, or what their training was.
    public struct Column: Sendable, Hashable {
        public let name: String
        /// Whether it may predict the target.
        public let isPredictor: Bool
        /// The verdict's word, for a measure that has one.
        public let word: String?
        /// One a network, in their order; nil where it has none.
        public let values: [Double?]

        package init(name: String, isPredictor: Bool, word: String?, values: [Double?]) {
            (self.name, self.isPredictor, self.word, self.values) = (name, isPredictor, word, values)
        }
    }

    /// What tells groups of networks apart, as a hyperparameter.
    public struct Factor: Sendable, Hashable {
        public let name: String
        public let labels: [String]
        /// A place in `labels` for each network; nil where it has none.
        public let places: [Int?]

        package init(name: String, labels: [String], places: [Int?]) {
            (self.name, self.labels, self.places) = (name, labels, places)
        }
    }

    /// The study's.
    public let study: String
    public let target: String
    /// The column that is shown first.
    public let chosen: String
    public let seeds: [UInt64?]
    /// The configurations of the design first, where there are any.
    public let factors: [Factor]
    public let columns: [Column]
    /// Networks that learned nothing, by their places.
    public let collapsed: [Int]
    /// Of how many these are; more than `seeds` has where some were left out.
    public let total: Int
    /// By what they were selected, as a sentence; nil for all of a study.
    public let remark: String?

    package init(
        study: String, target: String, chosen: String, seeds: [UInt64?], factors: [Factor], columns: [Column],
        collapsed: [Int], total: Int, remark: String? = nil
    ) {
        (self.study, self.target, self.chosen, self.seeds) = (study, target, chosen, seeds)
        (self.factors, self.columns, self.collapsed, self.total) = (factors, columns, collapsed, total)
        self.remark = remark
    }
}

extension Block {
    var isNetworks: Bool {
        if case .networks = self { true } else { false }
    }
}
