import Digests
import Foundation
import GRDB
import Kernels

extension ResultsStore {
    /// Notes that this process begins work on a study. Runs of the study that are found dead become `interrupted`.
    public func beginRun(
        of study: StudyRecord.ID, jobs: Int, options: [String: String] = [:], provenance: Provenance,
        at date: Date = Date()
    ) throws -> RunRecord.ID {
        try write { db in
            try buryDeadRuns(of: study, now: date, in: db)
            let process = processes.current
            let id = try CheckedTable.run.change(of: study.rawValue, in: db, path: path) {
                try db.execute(
                    sql: """
                        INSERT INTO run (study_id, started_at, outcome, jobs, options, basin_version, git_commit,
                            git_dirty, cpu_model, core_count, os, blas_library, blas_kernel, kernels, build_kind,
                            compiler, dataset_digests, host, pid, process_start, heartbeat_at)
                        VALUES (?, ?, 'running', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        study.rawValue, Timestamp.text(date), jobs, try CanonicalJSON.text(of: options),
                        provenance.basinVersion,
                        provenance.gitCommit, provenance.isGitDirty, provenance.cpuModel, provenance.coreCount,
                        provenance.operatingSystem, provenance.blasLibrary, provenance.blasKernel,
                        provenance.kernels?.rawValue, provenance.buildKind.rawValue, provenance.compiler,
                        try CanonicalJSON.text(of: provenance.datasetDigests),
                        process.host, process.pid, process.start, Timestamp.text(date),
                    ])
                return RunRecord.ID(db.lastInsertedRowID)
            }
            // A run that has just begun holds nothing, and no run that is not there does: nobody would give that back.
            try db.execute(
                sql: "DELETE FROM claim WHERE run_id = ? OR run_id NOT IN (SELECT id FROM run)",
                arguments: [id.rawValue])
            return id
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
            try CheckedTable.run.verify(of: study.rawValue, in: db, path: path)
            return try Row.fetchAll(
                db, sql: "SELECT * FROM run WHERE study_id = ? ORDER BY id", arguments: [study.rawValue]
            ).map(RunRecord.init)
        }
    }
}

extension RunRecord {
    init(_ row: Row) throws {
        try self.init(
            id: ID(row.read("id")), studyID: StudyRecord.ID(row.read("study_id")),
            startedAt: Timestamp.date(row.read("started_at")) ?? .distantPast,
            endedAt: (row.read("ended_at") as String?).flatMap(Timestamp.date),
            outcome: RunOutcome(rawValue: row.read("outcome")) ?? .failed, jobs: row.read("jobs"),
            options: try CanonicalJSON.value([String: String].self, of: row.read("options")),
            provenance: Provenance(
                basinVersion: row.read("basin_version"), gitCommit: row.read("git_commit"),
                isGitDirty: row.read("git_dirty"),
                cpuModel: row.read("cpu_model"), coreCount: row.read("core_count"), operatingSystem: row.read("os"),
                blasLibrary: row.read("blas_library"), blasKernel: row.read("blas_kernel"),
                kernels: (row.read("kernels") as String?).flatMap(Kernels.Set.init),
                buildKind: Provenance.BuildKind(rawValue: row.read("build_kind")) ?? .portable,
                compiler: row.read("compiler"),
                datasetDigests: try CanonicalJSON.value([String: String].self, of: row.read("dataset_digests"))),
            process: try Self.process(row), heartbeatAt: (row.read("heartbeat_at") as String?).flatMap(Timestamp.date))
    }

    private static func process(_ row: Row) throws -> ProcessIdentity? {
        guard let host = try row.read("host") as String?, let pid = try row.read("pid") as Int32? else { return nil }
        return ProcessIdentity(host: host, pid: pid, start: try row.read("process_start") ?? "")
    }
}
