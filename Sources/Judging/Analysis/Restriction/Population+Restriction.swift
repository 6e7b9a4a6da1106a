import Results

extension Restriction {
    /// What it did to a population.
    public struct Effect: Sendable, Hashable {
        public let restriction: Restriction
        /// Trained networks that it selects, and of how many.
        public let selected: Int
        public let total: Int
        /// Positions of the study that it leaves out, whatever became of them.
        let positionsLeftOut: Int
    }
}

extension Population {
    /// The trained models of one version of a study that a condition selects: a smaller population in all respects,
    /// copies of networks, repeated networks and failed ones included.
    ///
    /// A failed network, which has no measure, is selected like others, by what is known of it. Copies and further
    /// positions of a network go with it.
    ///
    /// - Parameter restriction: nil for all.
    /// - Throws: `UnusableRestriction` for a condition that is not about these networks, `TooFewSelected`,
    ///   `UnknownColumn` where there is no network yet, `ResultsError` for an unknown study.
    public init(of study: StudyRecord, in store: ResultsStore, where restriction: Restriction?) throws {
        let whole = try Population(of: study, in: store)
        guard let restriction else {
            self = whole
            return
        }
        guard !whole.models.isEmpty else { throw UnknownColumn(study.target, of: whole, known: whole.columns) }
        let columns = RestrictionColumns(of: whole)
        self = whole.restricted(to: restriction, try RestrictionPredicate(restriction, over: columns))
        guard models.count >= Restriction.leastSelected else {
            throw TooFewSelected(
                study: study.name, restriction: restriction.description, selected: models.count,
                total: whole.models.count, unit: whole.kind.unit, hints: restriction.hints(over: columns))
        }
    }

    /// The same of the models that meet the condition by which another population was selected, however many; none
    /// where it is not about these models. Of a whole population all.
    func restricted(as other: Population) -> Population {
        guard let restriction = other.restriction?.restriction else { return self }
        let columns = RestrictionColumns(of: self, named: other.study)
        guard let predicate = try? RestrictionPredicate(restriction, over: columns) else {
            return without(Set(models.indices))
        }
        return restricted(to: restriction, predicate)
    }

    /// - Parameter predicate: over trained models, then failed ones.
    private func restricted(to restriction: Restriction, _ predicate: RestrictionPredicate) -> Population {
        let rows = models.indices.filter { predicate.truth($0) == true }
        let failed = failed.enumerated().filter { predicate.truth(models.count + $0.offset) == true }.map(\.element)
        return keeping(rows, failed: failed) { leftOut in
            Restriction.Effect(
                restriction: restriction, selected: rows.count, total: models.count, positionsLeftOut: leftOut)
        }
    }
}
