import Statistics

/// Two columns over the models that have both and all that is held fixed.
struct ColumnPair {
    let x, y: Variable
    let given: [Variable]
    /// The configuration of each row, where whole configurations are drawn again for a bootstrap.
    let clusters: [Int]?
    /// The group of each row, where groups were asked for.
    let labels: [String?]?

    var count: Int { x.values.count }

    /// The groups as columns of 0 and 1, to be held fixed; rows without one are a group.
    var groups: [Variable]? {
        labels.map { labels in
            indicators("group", labels.map { $0 ?? "" }).map { Variable($0.name, $0.values.compactMap(\.self)) }
        }
    }

    /// The groups as numbers; rows without one are a group.
    var blocks: [Int]? { labels.map(numbered) }
}

extension Population {
    /// The correlation of two columns over the models that have both and all the given ones, which may be columns,
    /// the regime or hyperparameters.
    ///
    /// - Parameter bootstrap: nil for none; a population of more than `MeasureCorrelations.mostForBootstrap` has none.
    public func correlation(
        _ x: String, _ y: String, method: CorrelationMethod = .spearman, given: [String] = [],
        bootstrap: Bootstrap? = MeasureCorrelations.bootstrap
    ) throws(UnknownColumn) -> Correlation {
        let pair = try pair(x, y, given: given)
        return correlate(
            pair.x, pair.y, method: method, given: pair.given,
            bootstrap: models.count > MeasureCorrelations.mostForBootstrap ? nil : bootstrap, clusters: pair.clusters)
    }

    /// The correlation of two columns given a grouping as a category, whether its labels are numbers or not.
    public func correlation(_ x: String, _ y: String, given grouping: Grouping) throws(UnknownColumn) -> Correlation {
        let pair = try pair(x, y, holding: grouping.indicators)
        return correlate(pair.x, pair.y, given: pair.given)
    }

    /// The correlation of two columns given regime and grid, as verdicts hold them fixed; nil where models differ in
    /// their seeds alone.
    func correlationGivenDesign(_ x: String, _ y: String) throws(UnknownColumn) -> Correlation? {
        let factors = designFactors
        guard !factors.isEmpty else { return nil }
        return VerdictRule().correlation(of: Column(x, try values(x)), with: Column(y, try values(y)), given: factors)
    }

    /// The correlation of two columns over the models with one label.
    public func correlation(
        _ x: String, _ y: String, within label: String, of grouping: Grouping
    ) throws(UnknownColumn) -> Correlation {
        let (first, second) = (try values(x), try values(y))
        let rows = grouping.rows(of: label)
        let (x, y) = (Column(x, rows.map { first[$0] }), Column(y, rows.map { second[$0] }))
        let complete = CompleteRows(of: [x, y])
        return correlate(complete.variable(x), complete.variable(y))
    }

    /// - Parameters:
    ///   - given: columns, regime or hyperparameters.
    ///   - labels: the group of each model.
    func pair(
        _ x: String, _ y: String, given: [String] = [], labels: [String?]? = nil
    ) throws(UnknownColumn) -> ColumnPair {
        var covariates: [Column] = []
        for name in given { covariates += try self.covariates(name) }
        return try pair(x, y, holding: covariates, labels: labels)
    }

    private func pair(
        _ x: String, _ y: String, holding covariates: [Column], labels: [String?]? = nil
    ) throws(UnknownColumn) -> ColumnPair {
        let (x, y) = (Column(x, try values(x)), Column(y, try values(y)))
        let rows = CompleteRows(of: [x, y] + covariates)
        let clusters = configurationLabels.flatMap { resampledConfigurations($0) }
        return ColumnPair(
            x: rows.variable(x), y: rows.variable(y), given: covariates.map(rows.variable),
            clusters: clusters.map(rows.parts),
            labels: labels.map(rows.labels))
    }

    /// The group of each model by the regime or a hyperparameter.
    ///
    /// - Throws: `UnknownColumn` with the nearest name.
    func labels(of name: String) throws(UnknownColumn) -> [String?] {
        try grouping(named: name).labels
    }
}
