import Definitions
import Foundation
import GRDB
import GRDBSQLite
import Measures

extension ResultsStore {
    /// Records a finished model with its weights, measurements and what measures keep of it, all of it or nothing.
    ///
    /// The run's claim of the position and the checkpoint of the network go in the same transaction. A model that
    /// failed at this position makes room and moves to `earlierFailures(of:)`.
    ///
    /// - Parameter kept: data by measure.
    /// - Returns: its key; nil when the position is taken, as by another process on the same study. The model is not
    ///   written then: it is a function of its specification, so both are the same.
    @discardableResult
    public func add(
        _ model: NewModel, measurements: [MeasurementRecord] = [], kept: [String: [UInt8]] = [:],
        history: TrainingHistory = TrainingHistory(), study: StudyRecord.ID, run: RunRecord.ID
    ) throws -> ModelRecord.ID? {
        try write { db in
            try show(measurements, in: db)
            var seals: [CheckedTable: Seal] = [:]
            let finished = FinishedModel(model, measurements: measurements, kept: kept, history: history)
            let id = try insert(finished, study: study, run: run, sealing: &seals, into: db)
            try adjust(seals, study: study, in: db)
            return id
        }
    }

    /// Records many finished models in one transaction, each as `add(_:measurements:kept:history:study:run:)` does:
    /// what a caller takes who has them all at once. Some thousands at a time keep the log beside the file small.
    ///
    /// - Returns: how many were written; those whose positions were taken were not.
    @discardableResult
    public func add(_ models: [FinishedModel], study: StudyRecord.ID, run: RunRecord.ID) throws -> Int {
        try write { db in
            // The view is widened once, not by each model; so are the seals.
            try show(models.flatMap(\.measurements), in: db)
            var seals: [CheckedTable: Seal] = [:]
            let count = try models.reduce(0) { count, model in
                try count + (insert(model, study: study, run: run, sealing: &seals, into: db) == nil ? 0 : 1)
            }
            try adjust(seals, study: study, in: db)
            return count
        }
    }

    private func adjust(_ seals: [CheckedTable: Seal], study: StudyRecord.ID, in db: Database) throws {
        for (table, change) in seals { try table.adjustSeal(of: study.rawValue, by: change, in: db) }
    }

    /// Inserts within a transaction; `show` has widened the view `models` before, `adjust` writes the seals after.
    private func insert(
        _ finished: FinishedModel, study: StudyRecord.ID, run: RunRecord.ID, sealing seals: inout [CheckedTable: Seal],
        into db: Database
    ) throws -> ModelRecord.ID? {
        let model = finished.model
        try deleteReservation(study: study, position: model.position, run: run, in: db)
        // A snapshot takes up what training left of it; its network may still be on its way.
        let isSnapshot = model.variant.flatMap(ModelVariant.epoch) != nil
        try deleteCheckpoint(ofNetwork: isSnapshot ? model.digest : model.trainingDigest, in: db)
        try makeRoom(study: study, position: model.position, in: db)
        let (status, reason): (String, String?) =
            switch model.outcome {
            case .trained: ("trained", nil)
            case .failed(let reason): ("failed", reason)
            }
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO model (study_id, run_id, position, label, digest, training_digest, variant, seed, regime,
                    hyperparameters, status, reason, epochs, seconds, weights_digest,
                    weights_kept)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (study_id, position) DO NOTHING
                """)
        try statement.execute(arguments: [
            study.rawValue, (model.trainedBy ?? run).rawValue, model.position, model.label, model.digest,
            model.trainingDigest, model.variant, model.seed.map(Int64.init(bitPattern:)), model.regime,
            model.hyperparameters, status, reason, model.epochs, model.seconds, model.weightsDigest,
            model.weights != nil,
        ])
        guard db.changesCount == 1 else { return nil }
        let id = ModelRecord.ID(db.lastInsertedRowID)
        if let weights = model.weights {
            try db.execute(
                sql: "INSERT INTO weights (model_id, safetensors) VALUES (?, ?)",
                arguments: [id.rawValue, Data(weights)])
        }
        try insert(finished.measurements, model: id, run: run, into: db)
        try insert(finished.kept, model: id, into: db)
        try insert(finished.history, model: id, into: db)
        try sealNew(model: id, sealing: &seals, in: db)
        return id
    }

    /// Gives a row of `model` that was just inserted its checksum, and counts it with its measurements, kept data and
    /// history.
    func sealNew(model: ModelRecord.ID, sealing seals: inout [CheckedTable: Seal], in db: Database) throws {
        try db.cachedStatement(
            sql: "UPDATE model SET checksum = \(CheckedTable.model.expectedChecksum) WHERE id = ?"
        ).execute(arguments: [model.rawValue])
        for (table, condition) in [
            (CheckedTable.model, "id = ?"), (.measurement, "model_id = ?"), (.kept, "model_id = ?"),
            (.history, "model_id = ?"),
        ] {
            seals[table, default: Seal()] =
                try seals[table, default: Seal()] + table.tally(where: condition, [model.rawValue], in: db)
        }
    }

    /// Positions that need no more training: trained, or failed.
    public func finishedPositions(of study: StudyRecord.ID) throws -> Set<Int> {
        try read { db in
            try Set(
                Int.fetchCursor(db, sql: "SELECT position FROM model WHERE study_id = ?", arguments: [study.rawValue]))
        }
    }

    /// Whether some study has a model of this digest.
    public func hasModel(_ digest: String) throws -> Bool {
        try read { db in
            try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM model WHERE digest = ?)", arguments: [digest])
                ?? false
        }
    }

    /// The models of a study, by position.
    public func models(of study: StudyRecord.ID) throws -> [ModelRecord] {
        try read { db in
            let statement = try db.makeStatement(
                sql: """
                    SELECT \(CheckedTable.model.columns.joined(separator: ", ")), checksum
                    FROM model WHERE study_id = ? ORDER BY position
                    """)
            try statement.setArguments([study.rawValue])
            // By SQLite's own calls: a row object a model takes longer than all the rest.
            let handle = statement.sqliteStatement
            defer { sqlite3_reset(handle) }
            var reader = ModelReader()
            var models: [ModelRecord] = []
            while true {
                switch sqlite3_step(handle) {
                case SQLITE_ROW:
                    guard let model = reader.take(handle) else {
                        try CheckedTable.model.verify(of: study.rawValue, in: db, path: path)
                        throw ResultsError.damaged(path: path, message: "a model of study \(study)")
                    }
                    models.append(model)
                case SQLITE_DONE:
                    if try CheckedTable.model.seal(of: study.rawValue, in: db) != reader.seal {
                        try CheckedTable.model.verify(of: study.rawValue, in: db, path: path)
                    }
                    return models
                case let code: throw DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage)
                }
            }
        }
    }

    /// Throws for a model at a position that the study does not have, as another program may have written it.
    ///
    /// - Parameter planned: how many models the study has when it is complete.
    public func checkPositions(of study: StudyRecord, planned: Int) throws {
        try read { db in
            let stray = try Row.fetchOne(
                db, sql: "SELECT label, position FROM model WHERE study_id = ? AND position >= ? ORDER BY position",
                arguments: [study.id.rawValue, planned])
            guard let stray else { return }
            throw ResultsError.beyondPlan(
                path: path, study: study.name, label: try stray.read("label"), position: try stray.read("position"),
                count: planned)
        }
    }

    /// The model at a position of a study; nil where there is none yet.
    public func model(of study: StudyRecord.ID, at position: Int) throws -> ModelRecord? {
        try read { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT \(CheckedTable.model.columns.joined(separator: ", ")), checksum FROM model
                    WHERE study_id = ? AND position = ?
                    """)
            try statement.setArguments([study.rawValue, position])
            let handle = statement.sqliteStatement
            defer { sqlite3_reset(handle) }
            switch sqlite3_step(handle) {
            case SQLITE_ROW:
                var reader = ModelReader()
                if let model = reader.take(handle) { return model }
                try CheckedTable.model.verify(of: study.rawValue, in: db, path: path)
                throw ResultsError.damaged(path: path, message: "the model at position \(position)")
            case SQLITE_DONE: return nil
            case let code: throw DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage)
            }
        }
    }

    /// A model's weights as what `read` makes of them, nil when they were not kept.
    ///
    /// - Parameter read: makes a network of bytes in the safetensors format, or throws `WeightsDamaged`.
    /// - Throws: `ResultsError.damagedWeights` for weights that do not read, or are not those that were written.
    public func weights<Network>(
        of model: ModelRecord.ID, read makeNetwork: ([UInt8]) throws -> Network
    ) throws -> Network? {
        let found = try read { db in
            try checkRows(of: .model, where: "id = ?", [model.rawValue], in: db)
            return try Row.fetchOne(
                db,
                sql: """
                    SELECT w.safetensors, m.weights_digest FROM weights w JOIN model m ON m.id = w.model_id
                    WHERE w.model_id = ?
                    """,
                arguments: [model.rawValue]
            ).map { row in
                (bytes: [UInt8](try row.read("safetensors") as Data), digest: try row.read("weights_digest") as String?)
            }
        }
        guard let found else { return nil }
        return try network(of: found.bytes, written: found.digest, model: model, read: makeNetwork)
    }

    /// A model's weights in the safetensors format, nil when they were not kept.
    public func weights(of model: ModelRecord.ID) throws -> [UInt8]? { try weights(of: model) { $0 } }

    /// Reads weights, then holds them against their digest: what they are instead is the better message.
    func network<Network>(
        of bytes: [UInt8], written digest: String?, model: ModelRecord.ID, read: ([UInt8]) throws -> Network
    ) throws -> Network {
        let network: Network
        do {
            network = try read(bytes)
        } catch let damage as WeightsDamaged {
            throw damagedWeights(of: model, reason: damage.reason)
        }
        guard digest == WeightsDigest.of(bytes) else {
            throw damagedWeights(of: model, reason: "they are not those that were written")
        }
        return network
    }

    /// Throws unless the rows under a condition verify.
    func checkRows(
        of table: CheckedTable, where condition: String, _ arguments: StatementArguments, in db: Database
    ) throws {
        if let damage = try table.changedRows(where: condition, arguments, limit: 1, in: db).first {
            throw ResultsError.damagedRows(path: path, damage)
        }
    }
}
