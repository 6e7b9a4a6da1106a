import GRDB

/// How many rows of a table an owner has, and the sum of their checksums modulo 2^64: what tells that a row is missing,
/// or there twice.
struct Seal: Equatable {
    var rows: Int = 0
    var checksum: Int64 = 0

    static func + (a: Seal, b: Seal) -> Seal { Seal(rows: a.rows + b.rows, checksum: a.checksum &+ b.checksum) }

    static func - (a: Seal, b: Seal) -> Seal { Seal(rows: a.rows - b.rows, checksum: a.checksum &- b.checksum) }
}

extension CheckedTable {
    /// The seal of the rows that are there, by the checksums that they carry.
    func tally(where condition: String, _ arguments: StatementArguments, in db: Database) throws -> Seal {
        let row = try db.cachedStatement(
            sql: "SELECT count(*), wrapping_sum(checksum) FROM \(rawValue) WHERE \(condition)")
        let found = try Row.fetchOne(row, arguments: arguments)
        return Seal(rows: try found?.decode(atIndex: 0) ?? 0, checksum: try found?.decode(atIndex: 1) ?? 0)
    }

    /// The seal as written; none is that of no rows.
    func seal(of owner: Int64, in db: Database) throws -> Seal {
        let row = try db.cachedStatement(sql: "SELECT rows, checksum FROM seal WHERE table_name = ? AND owner = ?")
        guard let found = try Row.fetchOne(row, arguments: [rawValue, owner]) else { return Seal() }
        return Seal(rows: try found.decode(atIndex: 0), checksum: try found.decode(atIndex: 1))
    }

    func write(_ seal: Seal, of owner: Int64, in db: Database) throws {
        try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO seal (table_name, owner, rows, checksum) VALUES (?, ?, ?, ?)"
        ).execute(arguments: [rawValue, owner, seal.rows, seal.checksum])
    }

    /// Notes rows that came or went, where the transaction has written their checksums itself.
    func adjustSeal(of owner: Int64, by change: Seal, in db: Database) throws {
        guard change != Seal() else { return }
        try write(seal(of: owner, in: db) + change, of: owner, in: db)
    }

    /// Changes rows of an owner: those that are there must verify before, and all have checksums after.
    func change<T>(of owner: Int64, in db: Database, path: String, _ body: () throws -> T) throws -> T {
        try verify(of: owner, in: db, path: path)
        let result = try body()
        try reseal(of: owner, in: db)
        return result
    }

    /// Gives the owner's rows the checksums of what they hold now, and the seal of these.
    func reseal(of owner: Int64, in db: Database) throws {
        guard let owned else { return }
        try db.cachedStatement(
            sql: """
                UPDATE \(rawValue) SET checksum = \(expectedChecksum)
                WHERE \(owned) AND checksum IS NOT \(expectedChecksum)
                """
        ).execute(arguments: [owner])
        try write(tally(where: owned, [owner], in: db), of: owner, in: db)
    }
}
