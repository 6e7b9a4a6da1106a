import GRDB

extension Schema {
    /// Schema 9: the instruction set of a run's kernels.
    ///
    /// Rows that verified keep verifying, as in `addConditions`.
    static func addKernels(_ db: Database) throws {
        IntegrityFunctions.register(in: db.sqliteConnection)
        let head = """
            id, study_id, started_at, jobs, options, basin_version, git_commit, git_dirty, cpu_model, core_count, os, \
            blas_library, blas_kernel
            """
        let tail = "build_kind, compiler, dataset_digests, host, pid, process_start"
        try db.execute(
            sql: """
                CREATE TEMP TABLE sound AS SELECT id FROM run WHERE checksum IS row_checksum(\(head), \(tail));
                CREATE TEMP TABLE whole AS SELECT owner FROM seal s WHERE table_name = 'run'
                    AND rows = (SELECT count(*) FROM run WHERE study_id = s.owner)
                    AND checksum = (SELECT wrapping_sum(checksum) FROM run WHERE study_id = s.owner);
                ALTER TABLE run ADD COLUMN kernels TEXT;
                UPDATE run SET checksum = row_checksum(\(head), kernels, \(tail))
                    WHERE id IN (SELECT id FROM sound);
                UPDATE seal SET checksum = (SELECT wrapping_sum(checksum) FROM run WHERE study_id = seal.owner)
                    WHERE table_name = 'run' AND owner IN (SELECT owner FROM whole);
                DROP TABLE sound;
                DROP TABLE whole;
                """)
    }
}
