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

/// What a study varied on purpose, decided before any model was trained: its regime, or an axis of its grid.
public struct Factor: Sendable, Hashable {
    public var name: String
    /// The level of each model; models without one have a level of their own.
    public var labels: [String?]

    public init(_ name: String, _ labels: [String?]) {
        self.name = name
        self.labels = labels
    }
}

/// A column that came about in training and may stand behind a correlation.
public struct Confounder: Sendable, Hashable {
    public var column: Column
    /// The standard error of each value, where it is an estimate; nil where its noise, if any, is not known.
    public var standardErrors: [Double?]?

    public var name: String { column.name }

    public init(_ column: Column, standardErrors: [Double?]? = nil) {
        self.column = column
        self.standardErrors = standardErrors
    }
}

/// All columns of a study on which verdicts are based; one row a model.
public struct Evidence: Sendable, Hashable {
    public var target: Column
    /// The standard error of each of its values; nil for an exact one.
    public var targetErrors: [Double?]?
    /// In the order of the verdicts. The corrections count those that may predict.
    public var candidates: [Candidate]
    /// Held fixed in every condition; empty where models differ in their seeds alone.
    public var factors: [Factor]
    /// The seed of each model; one seed is the same in all configurations.
    public var seeds: [UInt64]?
    /// Each is held fixed together with the factors, and so are all at once. Of two that order all models alike, or
    /// the other way round, the first stands for both (`duplicates`).
    public private(set) var confounders: [Confounder]
    /// Confounders that are another one under a second name: the name of the other.
    public private(set) var duplicates: [String: String]
    /// What a measure has to add something to; the design and all confounders unless given.
    public var baseline: [Column]?

    /// - Precondition: all columns have the same number of rows.
    public init(
        target: Column, targetErrors: [Double?]? = nil, candidates: [Candidate], factors: [Factor] = [],
        seeds: [UInt64]? = nil, confounders: [Confounder] = [], baseline: [Column]? = nil
    ) {
        self.target = target
        self.targetErrors = targetErrors
        self.candidates = candidates
        self.factors = factors
        self.seeds = seeds
        self.baseline = baseline
        let count = target.values.count
        precondition(
            (candidates.map(\.column) + confounders.map(\.column) + (baseline ?? []))
                .allSatisfy { $0.values.count == count } && factors.allSatisfy { $0.labels.count == count }
                && seeds?.count ?? count == count,
            "columns differ in length")
        var (kept, duplicates): ([Confounder], [String: String]) = ([], [:])
        for confounder in confounders {
            if let first = kept.first(where: { $0.column.ordersAlike(confounder.column) }) {
                duplicates[confounder.name] = first.name
            } else {
                kept.append(confounder)
            }
        }
        (self.confounders, self.duplicates) = (kept, duplicates)
    }

    /// The configuration of each model, equal for those that differ in their seeds alone; nil without factors.
    public var configurations: [String?]? {
        guard let first = factors.first else { return nil }
        if factors.count == 1 { return first.labels.map { $0 ?? "-" } }
        return target.values.indices.map { row in
            factors.map { "\($0.name) \($0.labels[row] ?? "-")" }.joined(separator: ", ")
        }
    }
}

extension Column {
    /// Whether two columns have values in the same rows and order all of them alike or the other way round, ties
    /// included: one quantity under two names.
    func ordersAlike(_ other: Column) -> Bool {
        guard zip(values, other.values).allSatisfy({ ($0 == nil) == ($1 == nil) }) else { return false }
        let rows = CompleteRows(of: [self, other])
        let (first, second) = (rows.variable(self), rows.variable(other))
        guard first.values.count > 2, first.values.allSatisfy(\.isFinite), second.values.allSatisfy(\.isFinite),
            first.constancy == nil, second.constancy == nil
        else { return false }
        return productMoment(midranks(first.values), midranks(second.values)).map(isPerfect) ?? false
    }
}
