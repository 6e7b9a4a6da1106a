/// A measure that is tried as a predictor.
public struct Candidate: Sendable, Hashable {
    public var column: Column
    /// The standard error of each value, where the measure is an estimate; nil for an exact one.
    public var standardErrors: [Double?]?
    /// False for a measure that reads what it would have to predict, and for one of which that is not known.
    public var mayPredict: Bool

    public var name: String { column.name }

    public init(_ column: Column, standardErrors: [Double?]? = nil, mayPredict: Bool = true) {
        self.column = column
        self.standardErrors = standardErrors
        self.mayPredict = mayPredict
    }
}

/// What is held fixed to see whether a correlation survives it.
public struct Condition: Sendable, Hashable {
    /// "regime", "dead_units": what is held fixed.
    public var names: [String]
    /// One column for a number, several for a category (see `indicators`).
    public var columns: [Column]

    /// What a table calls it: "regime, dead_units".
    public var name: String { names.joined(separator: ", ") }

    public init(_ names: [String], _ columns: [Column]) {
        self.names = names
        self.columns = columns
    }

    public init(_ name: String, _ columns: [Column]) { self.init([name], columns) }

    /// Both at once.
    func and(_ other: Condition) -> Condition { Condition(names + other.names, columns + other.columns) }
}

/// All columns of a study on which verdicts are based; one row a model.
public struct Evidence: Sendable, Hashable {
    public var target: Column
    /// In the order of the verdicts. The correction counts those that may predict.
    public var candidates: [Candidate]
    /// What the study varied on purpose, regime and grid; nil where models differ in their seeds alone.
    public var design: Condition?
    /// What else may stand behind a correlation; each is held fixed together with the design, and
    /// so are all at once.
    public var confounders: [Condition]
    /// The configuration of each row, equal for models that differ in their seeds alone; nil where all are equal.
    public var configurations: [String?]?
    /// What a measure has to add something to; the design and all confounders unless given.
    public var baseline: [Column]

    /// - Precondition: all columns have the same number of rows.
    public init(
        target: Column, candidates: [Candidate], design: Condition? = nil, confounders: [Condition] = [],
        configurations: [String?]? = nil, baseline: [Column]? = nil
    ) {
        self.target = target
        self.candidates = candidates
        self.design = design
        self.confounders = confounders
        self.configurations = configurations
        self.baseline = baseline ?? ((design?.columns ?? []) + confounders.flatMap(\.columns))
        let count = target.values.count
        precondition(
            (candidates.map(\.column) + self.baseline).allSatisfy { $0.values.count == count },
            "columns differ in length")
    }
}
