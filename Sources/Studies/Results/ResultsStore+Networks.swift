import Foundation
import GRDB

extension ResultsStore {
    /// A network that any study of the file has trained and keeps, so that none is trained twice.
    ///
    /// The digest of a training does not say on which bytes and by which arithmetic it ran; `accepted` judges that.
    ///
    /// - Parameters:
    ///   - trainingDigest: what `NewModel.trainingDigest` was.
    ///   - accepted: whether to take what a run of this provenance trained.
    /// - Returns: the oldest one that is accepted; nil when there is none with weights. Variants are no trained
    ///   networks.
    public func weights(
        ofNetwork trainingDigest: String, accepted: (Provenance) throws -> Bool = { _ in true }
    ) throws -> KeptNetwork? {
        try read { db in
            let candidates = try Row.fetchAll(
                db,
                sql: """
                    SELECT m.id, m.epochs, m.seconds, m.run_id, m.weights_digest
                    FROM model m JOIN weights w ON w.model_id = m.id
                    WHERE m.training_digest = ? AND m.status = 'trained' AND m.variant IS NULL ORDER BY m.id
                    """,
                arguments: [trainingDigest])
            for candidate in candidates {
                let id = ModelRecord.ID(try candidate.read("id")), runID = RunRecord.ID(try candidate.read("run_id"))
                try checkRows(of: .model, where: "id = ?", [id.rawValue], in: db)
                try checkRows(of: .run, where: "id = ?", [runID.rawValue], in: db)
                guard
                    let run = try Row.fetchOne(db, sql: "SELECT * FROM run WHERE id = ?", arguments: [runID.rawValue])
                        .map(RunRecord.init),
                    try accepted(run.provenance),
                    let weights = try Data.fetchOne(
                        db, sql: "SELECT safetensors FROM weights WHERE model_id = ?", arguments: [id.rawValue])
                else { continue }
                return KeptNetwork(
                    modelID: id, epochs: try candidate.read("epochs"), seconds: try candidate.read("seconds"),
                    weights: [UInt8](weights), weightsDigest: try candidate.read("weights_digest"), trainedBy: runID,
                    provenance: run.provenance)
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
