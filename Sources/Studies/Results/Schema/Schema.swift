import GRDB

/// The shape of the database, as a list of migrations that only ever grows.
package enum Schema {
    /// Marks a file as Basin's in SQLite's header ("Basn" in ASCII), so that no other program's database is taken for
    /// one.
    static let applicationID: Int32 = 0x4261_736E

    /// Oldest first. Never edit or remove one that was released: add the next.
    package static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 tables", migrate: createTables)
        migrator.registerMigration("2 long studies", migrate: addLongStudies)
        migrator.registerMigration("3 judgements", migrate: addJudgements)
        migrator.registerMigration("4 figures and claims", migrate: addFiguresAndClaims)
        migrator.registerMigration("5 replication", migrate: addReplication)
        migrator.registerMigration("6 integrity", migrate: addIntegrity)
        migrator.registerMigration("7 conditions", migrate: addConditions)
        migrator.registerMigration("8 history", migrate: addHistory)
        migrator.registerMigration("9 kernels", migrate: addKernels)
        migrator.registerMigration("10 external measures", migrate: addExternalMeasures)
        return migrator
    }()

    /// The first schema whose rows have checksums (`addIntegrity`).
    static let firstWithChecksums = 6

    /// Number of the newest schema that this program knows; kept in the file as `user_version` for other programs.
    package static let version = migrator.migrations.count
}
