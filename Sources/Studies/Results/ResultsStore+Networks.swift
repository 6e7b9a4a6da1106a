import Foundation
import GRDB

extension ResultsStore {
    /// A network that any study of the file has trained and keeps, so that none is trained twice.
    ///
    /// The digest of a training does not say on which bytes and by which arithmetic it ran; `accepted` judges that.
    ///
    /// - Parameters:
    ///   - digest: what `NewModel.digest` was: of a network as trained, or of a snapshot.
    ///   - accepted: whether to take it.
    /// - Returns: the oldest one that is accepted; nil when there is none with weights.
    public func weights(
        ofNetwork digest: String, accepted: (KeptNetwork) throws -> Bool = { _ in true }
    ) throws -> KeptNetwork? {
        try read { db in
            let candidates = try Row.fetchAll(
                db,
                sql: """
                    SELECT m.id, m.epochs, m.seconds, m.run_id, m.weights_digest
                    FROM model m JOIN weights w ON w.model_id = m.id
                    WHERE m.digest = ? AND m.status = 'trained' ORDER BY m.id
                    """,
                arguments: [digest])
            for candidate in candidates {
                let id = ModelRecord.ID(try candidate.read("id")), runID = RunRecord.ID(try candidate.read("run_id"))
                try checkRows(of: .model, where: "id = ?", [id.rawValue], in: db)
                try checkRows(of: .run, where: "id = ?", [runID.rawValue], in: db)
                try checkRows(of: .history, where: "model_id = ?", [id.rawValue], in: db)
                guard
                    let run = try Row.fetchOne(db, sql: "SELECT * FROM run WHERE id = ?", arguments: [runID.rawValue])
                        .map(RunRecord.init),
                    let weights = try Data.fetchOne(
                        db, sql: "SELECT safetensors FROM weights WHERE model_id = ?", arguments: [id.rawValue])
                else { continue }
                let kept = KeptNetwork(
                    modelID: id, epochs: try candidate.read("epochs"), seconds: try candidate.read("seconds"),
                    weights: [UInt8](weights), weightsDigest: try candidate.read("weights_digest"), trainedBy: runID,
                    provenance: run.provenance, history: try history(of: id, in: db))
                if try accepted(kept) { return kept }
            }
            return nil
        }
    }

    /// What `read` makes of a kept network's weights.
    ///
    /// - Throws: `ResultsError.damagedWeights` for weights that do not read, or are not those that were written.
    public func network<Network>(_ kept: KeptNetwork, read: ([UInt8]) throws -> Network) throws -> Network {
        try network(of: kept.weights, written: kept.weightsDigest, model: kept.modelID, read: read)
    }

    /// The error to throw when a model's weights do not read as a network: it names the file, the study and the model.
    public func damagedWeights(of model: ModelRecord.ID, reason: String) -> any Error {
        do {
            return try read { db in
                let row = try Row.fetchOne(
                    db, sql: "SELECT s.name, m.label FROM model m JOIN study s ON s.id = m.study_id WHERE m.id = ?",
                    arguments: [model.rawValue])
                return ResultsError.damagedWeights(
                    path: path, study: try row?.read("name") ?? "?",
                    label: try row?.read("label") ?? "model \(model)", reason: reason)
            }
        } catch {
            return error
        }
    }
}
