import Digests
import Foundation
import GRDB

extension ResultsStore {
    /// Notes that this process begins work on a study. Runs of the study that are found dead become `interrupted`.
    public func beginRun(
        of study: StudyRecord.ID, jobs: Int, options: [String: String] = [:], provenance: Provenance,
        at date: Date = Date()
    ) throws -> RunRecord.ID {
        try write { db in
            try buryDeadRuns(of: study, now: date, in: db)
            let process = processes.current
            try db.execute(
                sql: """
                    INSERT INTO run (study_id, started_at, outcome, jobs, options, basin_version, git_commit, git_dirty,
                        cpu_model, core_count, os, blas_library, blas_kernel, build_kind, compiler, dataset_digests,
                        host, pid, process_start, heartbeat_at)
                    VALUES (?, ?, 'running', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    study.rawValue, Timestamp.text(date), jobs, try CanonicalJSON.text(of: options),
                    provenance.basinVersion,
                    provenance.gitCommit, provenance.isGitDirty, provenance.cpuModel, provenance.coreCount,
                    provenance.operatingSystem, provenance.blasLibrary, provenance.blasKernel,
                    provenance.buildKind.rawValue, provenance.compiler,
                    try CanonicalJSON.text(of: provenance.datasetDigests),
                    process.host, process.pid, process.start, Timestamp.text(date),
                ])
            return RunRecord.ID(db.lastInsertedRowID)
        }
    }

    /// Notes how a run ended, and releases its claims.
    ///
    /// - Precondition: `outcome` is not `running`.
    public func endRun(_ run: RunRecord.ID, outcome: RunOutcome, at date: Date = Date()) throws {
        precondition(outcome != .running, "a run that ended runs no more")
        try write { db in try end(run, outcome: outcome, at: date, in: db) }
    }

    func end(_ run: RunRecord.ID, outcome: RunOutcome, at date: Date, in db: Database) throws {
        try db.execute(
            sql: "UPDATE run SET outcome = ?, ended_at = ? WHERE id = ?",
            arguments: [outcome.rawValue, Timestamp.text(date), run.rawValue])
        try db.execute(sql: "DELETE FROM claim WHERE run_id = ?", arguments: [run.rawValue])
    }

    /// The runs of a study, oldest first.
    public func runs(of study: StudyRecord.ID) throws -> [RunRecord] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM run WHERE study_id = ? ORDER BY id", arguments: [study.rawValue])
                .map(RunRecord.init)
        }
    }
}

extension RunRecord {
    init(_ row: Row) throws {
        self.init(
            id: ID(row["id"]), studyID: StudyRecord.ID(row["study_id"]),
            startedAt: Timestamp.date(row["started_at"]) ?? .distantPast,
            endedAt: (row["ended_at"] as String?).flatMap(Timestamp.date),
            outcome: RunOutcome(rawValue: row["outcome"]) ?? .failed, jobs: row["jobs"],
            options: try CanonicalJSON.value([String: String].self, of: row["options"]),
            provenance: Provenance(
                basinVersion: row["basin_version"], gitCommit: row["git_commit"], isGitDirty: row["git_dirty"],
                cpuModel: row["cpu_model"], coreCount: row["core_count"], operatingSystem: row["os"],
                blasLibrary: row["blas_library"], blasKernel: row["blas_kernel"],
                buildKind: Provenance.BuildKind(rawValue: row["build_kind"]) ?? .portable, compiler: row["compiler"],
                datasetDigests: try CanonicalJSON.value([String: String].self, of: row["dataset_digests"])),
            process: Self.process(row), heartbeatAt: (row["heartbeat_at"] as String?).flatMap(Timestamp.date))
    }

    private static func process(_ row: Row) -> ProcessIdentity? {
        guard let host: String = row["host"], let pid: Int32 = row["pid"] else { return nil }
        return ProcessIdentity(host: host, pid: pid, start: row["process_start"] ?? "")
    }
}
