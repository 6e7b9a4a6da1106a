import Foundation
import GRDB

/// The answer to a run that asks for a position.
public enum Reservation: Sendable, Equatable {
    /// The position is the run's until the model is added, it is released, or the run ends.
    case granted
    /// A run that lives works on it; it may be the asking run itself.
    case held(by: RunRecord.ID)
}

extension ResultsStore {
    /// How long a run whose process cannot be seen from here counts as alive after its last heartbeat, in seconds.
    public static let heartbeatLimit: Double = 120

    /// Reserves a position of a study for a run, so that no other run works on it at the same time.
    ///
    /// A reservation is taken over when its run has ended, or is found dead: its process is gone from this host, or is
    /// on another one and its heartbeat is older than `heartbeatLimit`. A dead run becomes `interrupted`, ended at its
    /// last heartbeat, and all its reservations are free.
    ///
    /// Another run may have finished the position before; so look at what is left to do there after the reservation
    /// was granted.
    ///
    /// - Throws: `ResultsError.runEnded` when `run` itself is no longer `running`, as after it was found dead.
    public func reserve(
        study: StudyRecord.ID, position: Int, run: RunRecord.ID, now: Date = Date()
    ) throws -> Reservation {
        try write { db in
            let outcome = try String.fetchOne(
                db, sql: "SELECT outcome FROM run WHERE id = ?", arguments: [run.rawValue])
            guard outcome == RunOutcome.running.rawValue else { throw ResultsError.runEnded(path: path, run: run) }
            let holder = try Row.fetchOne(
                db,
                sql: """
                    SELECT run.* FROM claim JOIN run ON run.id = claim.run_id
                    WHERE claim.study_id = ? AND claim.position = ?
                    """,
                arguments: [study.rawValue, position]
            ).map(RunRecord.init)
            if let holder {
                if isAtWork(holder, now: now) { return .held(by: holder.id) }
                try bury(holder, in: db)
            }
            try db.execute(
                sql: "INSERT INTO claim (study_id, position, run_id, claimed_at) VALUES (?, ?, ?, ?)",
                arguments: [study.rawValue, position, run.rawValue, Timestamp.text(now)])
            return .granted
        }
    }

    /// Gives a position back that the run has reserved and does not finish. Other runs' reservations stay.
    public func release(study: StudyRecord.ID, position: Int, run: RunRecord.ID) throws {
        try write { db in try deleteReservation(study: study, position: position, run: run, in: db) }
    }

    /// The reserved positions of a study, each with its run, dead ones included.
    public func reservations(of study: StudyRecord.ID) throws -> [Int: RunRecord.ID] {
        try read { db in
            let rows = try Row.fetchAll(
                db, sql: "SELECT position, run_id FROM claim WHERE study_id = ?", arguments: [study.rawValue])
            return Dictionary(
                try rows.map { (try $0.read("position"), RunRecord.ID(try $0.read("run_id"))) }
            ) { first, _ in first }
        }
    }

    /// Notes that a run is at work; to be called several times within `heartbeatLimit`.
    ///
    /// - Returns: false when the run has ended, as after another host took it for dead; nothing is noted then.
    @discardableResult
    public func heartbeat(run: RunRecord.ID, now: Date = Date()) throws -> Bool {
        try write { db in
            try db.execute(
                sql: "UPDATE run SET heartbeat_at = ? WHERE id = ? AND outcome = 'running'",
                arguments: [Timestamp.text(now), run.rawValue])
            return db.changesCount == 1
        }
    }

    /// Ends those runs of a study that are found dead. Runs of schema 1 tell no process and stay as they are.
    func buryDeadRuns(of study: StudyRecord.ID, now: Date, in db: Database) throws {
        let running = try Row.fetchAll(
            db, sql: "SELECT * FROM run WHERE study_id = ? AND outcome = 'running' AND pid IS NOT NULL",
            arguments: [study.rawValue]
        ).map(RunRecord.init)
        for run in running where !isAtWork(run, now: now) { try bury(run, in: db) }
    }

    func deleteReservation(study: StudyRecord.ID, position: Int, run: RunRecord.ID, in db: Database) throws {
        try db.cachedStatement(sql: "DELETE FROM claim WHERE study_id = ? AND position = ? AND run_id = ?")
            .execute(arguments: [study.rawValue, position, run.rawValue])
    }

    func isAtWork(_ run: RunRecord, now: Date) -> Bool {
        guard run.outcome == .running else { return false }
        if let process = run.process, let isAlive = processes.isAlive(process) { return isAlive }
        return now.timeIntervalSince(run.heartbeatAt ?? run.startedAt) <= Self.heartbeatLimit
    }

    /// Ends a run that is not at work, if that has not been done, and frees its claims.
    private func bury(_ run: RunRecord, in db: Database) throws {
        if run.outcome == .running {
            try end(run.id, outcome: .interrupted, at: run.heartbeatAt ?? run.startedAt, in: db)
        } else {
            try db.execute(sql: "DELETE FROM claim WHERE run_id = ?", arguments: [run.id.rawValue])
        }
    }
}
