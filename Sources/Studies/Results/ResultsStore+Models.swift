import Foundation
import GRDB

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
        _ model: NewModel, measurements: [MeasurementRecord] = [], kept: [String: [UInt8]] = [:], study: StudyRecord.ID,
        run: RunRecord.ID
    ) throws -> ModelRecord.ID? {
        try write { db in
            try insert(FinishedModel(model, measurements: measurements, kept: kept), study: study, run: run, into: db)
        }
    }

    /// Records many finished models in one transaction, each as `add(_:measurements:kept:study:run:)` does: what a
    /// caller takes who has them all at once. Some thousands at a time keep the log beside the file small.
    ///
    /// - Returns: how many were written; those whose positions were taken were not.
    @discardableResult
    public func add(_ models: [FinishedModel], study: StudyRecord.ID, run: RunRecord.ID) throws -> Int {
        try write { db in
            // The view is widened once, not by each model.
            try show(models.flatMap(\.measurements), in: db)
            return try models.reduce(0) { count, model in
                try count + (insert(model, study: study, run: run, showing: false, into: db) == nil ? 0 : 1)
            }
        }
    }

    /// - Parameter showing: whether the view `models` has to be widened by measures that are new to it.
    private func insert(
        _ finished: FinishedModel, study: StudyRecord.ID, run: RunRecord.ID, showing: Bool = true, into db: Database
    ) throws -> ModelRecord.ID? {
        let model = finished.model
        try deleteReservation(study: study, position: model.position, run: run, in: db)
        try deleteCheckpoint(ofNetwork: model.trainingDigest, in: db)
        try makeRoom(study: study, position: model.position, in: db)
        let (status, reason): (String, String?) =
            switch model.outcome {
            case .trained: ("trained", nil)
            case .failed(let reason): ("failed", reason)
            }
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO model (study_id, run_id, position, label, digest, training_digest, variant, seed, regime,
                    hyperparameters, status, reason, epochs, seconds)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (study_id, position) DO NOTHING
                """)
        try statement.execute(arguments: [
            study.rawValue, (model.trainedBy ?? run).rawValue, model.position, model.label, model.digest,
            model.trainingDigest, model.variant, model.seed.map(Int64.init(bitPattern:)), model.regime,
            model.hyperparameters, status, reason, model.epochs, model.seconds,
        ])
        guard db.changesCount == 1 else { return nil }
        let id = ModelRecord.ID(db.lastInsertedRowID)
        if let weights = model.weights {
            try db.execute(
                sql: "INSERT INTO weights (model_id, safetensors) VALUES (?, ?)",
                arguments: [id.rawValue, Data(weights)])
        }
        if showing { try show(finished.measurements, in: db) }
        try insert(finished.measurements, model: id, run: run, into: db)
        try insert(finished.kept, model: id, into: db)
        return id
    }

    /// Positions that need no more training: trained, or failed.
    public func finishedPositions(of study: StudyRecord.ID) throws -> Set<Int> {
        try read { db in
            try Set(
                Int.fetchCursor(db, sql: "SELECT position FROM model WHERE study_id = ?", arguments: [study.rawValue]))
        }
    }

    /// The models of a study, by position.
    public func models(of study: StudyRecord.ID) throws -> [ModelRecord] {
        try read { db in
            let rows = try Row.fetchCursor(
                db, sql: "SELECT \(ModelRecord.columns) FROM model WHERE study_id = ? ORDER BY position",
                arguments: [study.rawValue])
            var models: [ModelRecord] = []
            while let row = try rows.next() { models.append(ModelRecord(row)) }
            return models
        }
    }

    /// The model at a position of a study; nil where there is none yet.
    public func model(of study: StudyRecord.ID, at position: Int) throws -> ModelRecord? {
        try read { db in
            try Row.fetchOne(
                db, sql: "SELECT \(ModelRecord.columns) FROM model WHERE study_id = ? AND position = ?",
                arguments: [study.rawValue, position]
            ).map { ModelRecord($0) }
        }
    }

    /// A model's weights in the safetensors format, nil when they were not kept.
    public func weights(of model: ModelRecord.ID) throws -> [UInt8]? {
        try read { db in
            try Data.fetchOne(
                db, sql: "SELECT safetensors FROM weights WHERE model_id = ?", arguments: [model.rawValue]
            )
            .map { [UInt8]($0) }
        }
    }
}

extension ModelRecord {
    /// What `init(_:)` reads, in this order: looking a column up by its name takes longer than reading it.
    static let columns = """
        id, study_id, run_id, position, label, digest, coalesce(training_digest, digest), variant, seed, regime,
        hyperparameters, reason, epochs, seconds
        """

    init(_ row: Row) {
        let reason: String? = row[11]
        self.init(
            id: ID(row[0]), studyID: StudyRecord.ID(row[1]), runID: RunRecord.ID(row[2]), position: row[3],
            label: row[4],
            digest: row[5], trainingDigest: row[6], variant: row[7],
            seed: (row[8] as Int64?).map(UInt64.init(bitPattern:)),
            regime: row[9], hyperparameters: row[10], outcome: reason.map { .failed(reason: $0) } ?? .trained,
            epochs: row[12], seconds: row[13])
    }
}
