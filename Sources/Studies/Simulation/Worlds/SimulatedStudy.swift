import Statistics

/// A study that was made up: all columns that verdicts are based on, and what is true of each measure.
///
/// One row a network. What is held fixed, and as what, is the judge's business: here are the columns alone.
public struct SimulatedStudy: Sendable, Hashable {
    /// A measure that is tried as a predictor, and what is true of it.
    public struct Measure: Sendable, Hashable {
        public var column: Column
        /// The standard error of each value, where the measure is an estimate; nil for an exact one.
        public var standardErrors: [Double?]?
        /// False for a measure that reads what it would have to predict.
        public var mayPredict = true
        public var truth: SimulatedTruth
    }

    /// A column that may stand behind a correlation.
    public struct Confounder: Sendable, Hashable {
        public var column: Column
        /// The standard error of each value, where it is known to be an estimate; nil where it is not known.
        public var standardErrors: [Double?]?
    }

    /// The world that it is drawn from.
    public var world: String
    public var target: Column
    /// The standard error of each value of the target, where it is an estimate.
    public var targetErrors: [Double?]?
    public var measures: [Measure]
    /// What the study varied on purpose: the regime first, then the axes of its grid by name.
    public var factors: [SimulatedFactor]
    public var confounders: [Confounder]
    /// Networks of one configuration differ in these alone; one seed is the same for all configurations.
    public var seeds: [UInt64]
    /// What the study does not see: the true confounders, by name, so that a truth can be tested.
    public var latents: [Column]

    public var networks: Int { target.values.count }
}

/// A regime or a hyperparameter that a study varies, one label a network.
public struct SimulatedFactor: Sendable, Hashable {
    /// "regime" is the regime's; every other one a hyperparameter's.
    public let name: String
    public let labels: [String]

    /// The labels as numbers; nil for a category, such as the regime.
    public var numbers: [Double]? {
        let numbers = labels.compactMap(Double.init)
        return name == SimulatedLayout.regime || numbers.count < labels.count ? nil : numbers
    }
}
