import Results

/// A study's models by what they are to its population.
struct PopulationMembers: Sendable {
    private(set) var models: [ModelRecord] = []
    private(set) var repeated: [(model: ModelRecord, row: Int)] = []
    private(set) var failed: [ModelRecord] = []
    private(set) var copies: [ModelRecord] = []
    private(set) var failedCopies: [ModelRecord] = []
    /// Positions whose networks were taken out again.
    private var leftOut = 0

    /// Positions that a run has been at, variants aside.
    var count: Int { models.count + repeated.count + failed.count + leftOut }

    /// - Parameter all: by position.
    init(_ all: [ModelRecord]) {
        var rows: [String: Int] = [:]
        var rowsOfWeights: [String: Int] = [:]
        var digestsOfCopies: Set<String> = []
        for model in all {
            switch (model.outcome == .trained, model.variant == nil) {
            case (true, true):
                // By its specification, or by the weights that it has in the end (the views' rule, too).
                if let row = rows[model.digest] ?? model.weightsDigest.flatMap({ rowsOfWeights[$0] }) {
                    repeated.append((model, row))
                    rows[model.digest] = row
                } else {
                    rows[model.digest] = models.count
                    if let weights = model.weightsDigest { rowsOfWeights[weights] = models.count }
                    models.append(model)
                }
            case (false, true): failed.append(model)
            case (true, false): if digestsOfCopies.insert(model.digest).inserted { copies.append(model) }
            case (false, false): failedCopies.append(model)
            }
        }
    }

    /// Those in some rows of `models`, wherever they stand, and in some of `copies`.
    func keeping(_ rows: [Int], copies rowsOfCopies: [Int]) -> PopulationMembers {
        var kept = self
        let places = Dictionary(uniqueKeysWithValues: rows.enumerated().map { ($1, $0) })
        kept.models = rows.map { models[$0] }
        kept.repeated = repeated.compactMap { other in places[other.row].map { (other.model, $0) } }
        kept.copies = rowsOfCopies.map { copies[$0] }
        kept.leftOut = count - kept.models.count - kept.repeated.count - failed.count
        return kept
    }
}
