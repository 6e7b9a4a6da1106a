import Foundation
import GRDB

/// A table or view of a results file, with what it is for.
public struct TableDescription: Sendable, Equatable {
    public struct Column: Sendable, Equatable {
        public let name: String
        /// SQLite's: INTEGER, REAL, TEXT or BLOB; empty for what another program's view computes.
        public let type: String
        /// Nil for a column that this program does not know, as the measures in `models`.
        public let meaning: String?
    }

    public let name: String
    public let isView: Bool
    /// One line; nil for a table that this program does not know.
    public let summary: String?
    public let columns: [Column]

    /// What the file holds: views for people first, each kind in the order of their description, then tables that are
    /// not Basin's.
    ///
    /// - Throws: `ResultsError` for the file.
    public static func all(at path: String) throws -> [TableDescription] {
        let store = try ResultsStore.openReadOnly(at: path)
        defer { try? store.close() }
        let found = try store.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT name, type = 'view' AS is_view FROM sqlite_master
                    WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> \
                    'grdb_migrations'
                    ORDER BY name
                    """
            ).map { row in try TableDescription(try row.read("name"), isView: try row.read("is_view"), db) }
        }
        let order = Dictionary(uniqueKeysWithValues: known.enumerated().map { ($1.name, $0) })
        return found.sorted {
            (order[$0.name] ?? order.count, $0.name) < (order[$1.name] ?? order.count, $1.name)
        }
    }

    private init(_ name: String, isView: Bool, _ db: Database) throws {
        let text = Self.known.first { $0.name == name }
        self.name = name
        self.isView = isView
        summary = text?.summary
        columns = try Row.fetchAll(db, sql: "SELECT name, type FROM pragma_table_info(?)", arguments: [name]).map {
            row in
            let column: String = try row.read("name")
            let type: String = try row.read("type")
            return Column(
                name: column, type: type.isEmpty ? text?.computed[column] ?? "" : type, meaning: text?.meanings[column])
        }
    }

    /// What is described, as "table: [columns]", for the test that nothing is forgotten or left over.
    package static var knownColumns: [String] { known.map { "\($0.name): \($0.meanings.keys.sorted())" } }

    /// A description in words; the file says the rest.
    struct Text: Sendable {
        let name: String
        let summary: String
        let meanings: [String: String]
        /// Types of the columns that a view computes, for which SQLite knows none.
        let computed: [String: String]

        init(_ name: String, _ summary: String, _ meanings: [String: String], computed: [String: String] = [:]) {
            self.name = name
            self.summary = summary
            self.meanings = meanings
            self.computed = computed
        }
    }
}
