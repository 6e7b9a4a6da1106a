import Definitions
import Foundation
import GRDB
import Measures

/// Checkpoints belong to networks, not to studies: whichever study needs the network goes on from there. A snapshot's
/// is what its network's training left of it, under the snapshot's own digest. Adding a model deletes that of its
/// network, adding a snapshot its own.
extension ResultsStore {
    /// Saves how far a network is, in place of what was saved before.
    public func save(_ checkpoint: Checkpoint, ofNetwork trainingDigest: String, at date: Date = Date()) throws {
        try write { db in
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO checkpoint
                        (training_digest, epochs, seconds, state, saved_at, history, checksum)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, row_checksum(?1, ?2, ?3, ?4, ?5, ?6))
                    """,
                arguments: [
                    trainingDigest, checkpoint.epochs, checkpoint.seconds, Data(checkpoint.state), Timestamp.text(date),
                    try checkpoint.history.json,
                ])
        }
    }

    /// How far a network is; nil where nothing was saved, a model of the network was added since, or what was saved
    /// does not verify: the network is then trained from its seed.
    public func checkpoint(ofNetwork trainingDigest: String) throws -> Checkpoint? {
        try read { db in
            try Row.fetchOne(
                db,
                sql: """
                    SELECT epochs, seconds, state, history FROM checkpoint
                    WHERE training_digest = ? AND checksum IS \(CheckedTable.checkpoint.expectedChecksum)
                    """,
                arguments: [trainingDigest]
            ).map { row in
                Checkpoint(
                    epochs: try row.read("epochs"), seconds: try row.read("seconds"),
                    state: [UInt8](try row.read("state") as Data),
                    history: try TrainingHistory(json: try row.read("history")))
            }
        }
    }

    /// Forgets a checkpoint, as one that cannot be read.
    public func deleteCheckpoint(ofNetwork trainingDigest: String) throws {
        try write { db in try deleteCheckpoint(ofNetwork: trainingDigest, in: db) }
    }

    func deleteCheckpoint(ofNetwork trainingDigest: String, in db: Database) throws {
        try db.cachedStatement(sql: "DELETE FROM checkpoint WHERE training_digest = ?")
            .execute(arguments: [trainingDigest])
    }
}
