import Definitions
import Digests
import GRDB
import Measures

extension ResultsStore {
    /// What was written down while a model was trained; of a snapshot up to its epoch.
    public func history(of model: ModelRecord.ID) throws -> TrainingHistory {
        try read { db in
            try checkRows(of: .history, where: "model_id = ?", [model.rawValue], in: db)
            return try history(of: model, in: db)
        }
    }

    /// The histories of a study's models that have one.
    public func histories(of study: StudyRecord.ID) throws -> [ModelRecord.ID: TrainingHistory] {
        try read { db in
            try CheckedTable.history.verify(of: study.rawValue, in: db, path: path)
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT h.* FROM model m JOIN history h ON h.model_id = m.id
                    WHERE m.study_id = ? ORDER BY h.model_id, h.epoch
                    """,
                arguments: [study.rawValue])
            var found: [ModelRecord.ID: TrainingHistory] = [:]
            while let row = try rows.next() {
                found[ModelRecord.ID(try row.read("model_id")), default: TrainingHistory()].entries.append(
                    try TrainingHistory.Entry(row))
            }
            return found
        }
    }

    func history(of model: ModelRecord.ID, in db: Database) throws -> TrainingHistory {
        TrainingHistory(
            try Row.fetchAll(
                db, sql: "SELECT * FROM history WHERE model_id = ? ORDER BY epoch", arguments: [model.rawValue]
            ).map(TrainingHistory.Entry.init))
    }

    /// Inserts within a transaction.
    func insert(_ history: TrainingHistory, model: ModelRecord.ID, into db: Database) throws {
        guard !history.entries.isEmpty else { return }
        let quantities = TrainingHistory.Quantity.allCases
        let places = (1...2 + quantities.count).map { "?\($0)" }.joined(separator: ", ")
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO history (\(CheckedTable.history.columns.joined(separator: ", ")), checksum)
                VALUES (\(places), row_checksum(\(places)))
                """)
        for entry in history.entries {
            let values: [(any DatabaseValueConvertible)?] = quantities.map { entry.values[$0] }
            try statement.execute(arguments: StatementArguments([model.rawValue, entry.epoch] + values))
        }
    }
}

extension TrainingHistory.Entry {
    init(_ row: Row) throws {
        var values: [TrainingHistory.Quantity: Double] = [:]
        for quantity in TrainingHistory.Quantity.allCases {
            values[quantity] = try row.read(quantity.rawValue) as Double?
        }
        self.init(epoch: try row.read("epoch"), values: values)
    }
}

// MARK: JSON

/// As a checkpoint has it, whose training it goes on with.
extension TrainingHistory {
    /// An array of epochs with their values; nil for no history.
    var json: String? {
        get throws { entries.isEmpty ? nil : try CanonicalJSON.text(of: entries) }
    }

    init(json: String?) throws { self.init(try json.map { try CanonicalJSON.value(of: $0) } ?? []) }
}
