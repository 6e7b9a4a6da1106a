import Results

/// A study's models by what they are to its population.
struct PopulationMembers: Sendable {
    private(set) var models: [ModelRecord] = []
    private(set) var repeated: [(model: ModelRecord, row: Int)] = []
    private(set) var failed: [ModelRecord] = []
    private(set) var copies: [ModelRecord] = []
    private(set) var failedCopies: [ModelRecord] = []
    /// Positions whose networks were taken out again.
    private(set) var leftOut = 0

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

    /// The rows of the copies whose networks are not left out with all but some rows of `models` and some that failed.
    func copies(besides rows: [Int], failed kept: [ModelRecord]) -> [Int] {
        let left = digestsLeftOut(besides: rows, failed: kept)
        return copies.indices.filter { !left.contains(copies[$0].trainingDigest) }
    }

    /// Those in some rows of `models`, wherever they stand, some that failed, and those in some rows of `copies`.
    func keeping(_ rows: [Int], failed keptFailed: [ModelRecord], copies rowsOfCopies: [Int]) -> PopulationMembers {
        var kept = self
        let places = Dictionary(uniqueKeysWithValues: rows.enumerated().map { ($1, $0) })
        let left = digestsLeftOut(besides: rows, failed: keptFailed)
        kept.models = rows.map { models[$0] }
        kept.repeated = repeated.compactMap { other in places[other.row].map { (other.model, $0) } }
        kept.failed = keptFailed
        kept.copies = rowsOfCopies.map { copies[$0] }
        kept.failedCopies = failedCopies.filter { !left.contains($0.trainingDigest) }
        kept.leftOut = count - kept.models.count - kept.repeated.count - kept.failed.count
        return kept
    }

    /// What the networks are called, as their copies name them, that are not kept at any position.
    private func digestsLeftOut(besides rows: [Int], failed kept: [ModelRecord]) -> Set<String> {
        let rows = Set(rows)
        let all = models.enumerated().map { (model: $1, row: $0) } + repeated
        let staying = all.filter { rows.contains($0.row) }.map(\.model) + kept
        return Set((all.map(\.model) + failed).map(\.trainingDigest)).subtracting(staying.map(\.trainingDigest))
    }
}
