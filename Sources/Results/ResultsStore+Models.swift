import Foundation
import GRDB

extension ResultsStore {
    /// Records a finished model with its weights, measurements and what measures keep of it, all of it or nothing.
    ///
    /// The run's claim of the position and the checkpoint of the network go in the same transaction. A model that failed at
    /// this position makes room and moves to `earlierFailures(of:)`.
    ///
    /// - Parameter kept: data by measure.
    /// - Returns: its key; nil when the position is taken, as by another process on the same study. The model is not written
    ///   then: it is a function of its specification, so both are the same.
    @discardableResult
    public func add(
        _ model: NewModel, measurements: [MeasurementRecord] = [], kept: [String: [UInt8]] = [:], study: StudyRecord.ID,
        run: RunRecord.ID
    ) throws -> ModelRecord.ID? {
        try write { db in
            try deleteClaim(study: study, position: model.position, run: run, in: db)
            try deleteCheckpoint(ofNetwork: model.trainingDigest, in: db)
            try makeRoom(study: study, position: model.position, in: db)
            let (status, reason): (String, String?) = switch model.outcome {
            case .trained: ("trained", nil)
            case .failed(let reason): ("failed", reason)
            }
            try db.execute(
                sql: """
                    INSERT INTO model (study_id, run_id, position, label, digest, training_digest, variant, seed, regime,
                        hyperparameters, status, reason, epochs, seconds)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (study_id, position) DO NOTHING
                    """,
                arguments: [
                    study.rawValue, (model.trainedBy ?? run).rawValue, model.position, model.label, model.digest,
                    model.trainingDigest, model.variant, model.seed.map(Int64.init(bitPattern:)), model.regime, model.hyperparameters, status,
                    reason, model.epochs, model.seconds,
                ])
            guard db.changesCount == 1 else { return nil }
            let id = ModelRecord.ID(db.lastInsertedRowID)
            if let weights = model.weights {
                try db.execute(
                    sql: "INSERT INTO weights (model_id, safetensors) VALUES (?, ?)",
                    arguments: [id.rawValue, Data(weights)])
            }
            try insert(measurements, model: id, run: run, into: db)
            try insert(kept, model: id, into: db)
            return id
        }
    }

    /// Positions that need no more training: trained, or failed.
    public func finishedPositions(of study: StudyRecord.ID) throws -> Set<Int> {
        try read { db in
            try Set(Int.fetchCursor(db, sql: "SELECT position FROM model WHERE study_id = ?", arguments: [study.rawValue]))
        }
    }

    /// The models of a study, by position.
    public func models(of study: StudyRecord.ID) throws -> [ModelRecord] {
        try read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM model WHERE study_id = ? ORDER BY position", arguments: [study.rawValue]
            ).map(ModelRecord.init)
        }
    }

    /// The model at a position of a study; nil where there is none yet.
    public func model(of study: StudyRecord.ID, at position: Int) throws -> ModelRecord? {
        try read { db in
            try Row.fetchOne(
                db, sql: "SELECT * FROM model WHERE study_id = ? AND position = ?", arguments: [study.rawValue, position]
            ).map(ModelRecord.init)
        }
    }

    /// A model's weights in the safetensors format, nil when they were not kept.
    public func weights(of model: ModelRecord.ID) throws -> [UInt8]? {
        try read { db in
            try Data.fetchOne(db, sql: "SELECT safetensors FROM weights WHERE model_id = ?", arguments: [model.rawValue])
                .map { [UInt8]($0) }
        }
    }
}

extension ModelRecord {
    init(_ row: Row) {
        let reason: String? = row["reason"]
        self.init(
            id: ID(row["id"]), studyID: StudyRecord.ID(row["study_id"]), runID: RunRecord.ID(row["run_id"]),
            position: row["position"], label: row["label"], digest: row["digest"],
            trainingDigest: row["training_digest"] ?? row["digest"], variant: row["variant"],
            seed: (row["seed"] as Int64?).map(UInt64.init(bitPattern:)), regime: row["regime"],
            hyperparameters: row["hyperparameters"],
            outcome: reason.map { .failed(reason: $0) } ?? .trained,
            epochs: row["epochs"], seconds: row["seconds"])
    }
}
