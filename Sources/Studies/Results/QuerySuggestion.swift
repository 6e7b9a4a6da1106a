import Diagnostics
import GRDBSQLite

/// What to say of a query that SQLite does not take: the nearest name of what it names.
struct QuerySuggestion {
    let error: QueryError

    /// - Parameters:
    ///   - message: SQLite's, as "no such column: regimee".
    ///   - sql: the query, whose tables are those where a column is looked for.
    init(_ message: String, sql: String, _ connection: ReadOnlyConnection) {
        // Also what DELETE and UPDATE of a view are told.
        if message.hasPrefix("cannot modify") {
            error = .notReading
            return
        }
        guard let match = message.wholeMatch(of: /no such (column|table|function): (.*)/) else {
            error = .sqlite(message: message, suggestion: nil)
            return
        }
        // "m.pair_prxy" and "main.modles" are about their last part.
        let parts = match.2.split(separator: ".").map(String.init)
        let name = parts.last ?? String(match.2)
        switch match.1 {
        case "table": error = .sqlite(message: message, suggestion: Self.table(name, connection))
        case "function":
            let functions = Self.texts("SELECT DISTINCT name FROM pragma_function_list ORDER BY name", connection)
            error = .sqlite(
                message: message,
                suggestion: nearestName(to: name, among: functions).map { "Did you mean '\($0)'?" }
                    ?? "All functions: basin sql .functions")
        default:
            let owner = parts.count > 1 ? parts[parts.count - 2] : nil
            let near = Self.column(name, of: owner, sql: sql, connection)
            let isQuoted = sql.contains("\"\(name)\"")
            error = .sqlite(
                message: message, suggestion: isQuoted ? "\(near) A text stands in single quotes: '\(name)'." : near)
        }
    }

    private static func table(_ name: String, _ connection: ReadOnlyConnection) -> String {
        if Views.names.contains(name) {
            return "An older Basin wrote the file; any command that writes adds the view: 'basin run STUDY --db FILE'."
        }
        return suggestion(for: name, among: tables(connection))
    }

    /// The nearest column of the tables that the query names; of one of them, where the column was named with it.
    private static func column(
        _ name: String, of owner: String?, sql: String, _ connection: ReadOnlyConnection
    ) -> String {
        let words = Words(sql)
        let used = tables(connection).filter(words.contains)
        let own = owner.flatMap { owner in used.first { $0 == owner.lowercased() || words.isAlias(owner, of: $0) } }
        let asked = own.map { [$0] } ?? used
        let near = asked.compactMap { table -> String? in
            nearestName(to: name, among: columns(of: table, connection).filter { $0 != name }).map { $0 }
        }
        if let best = nearestName(to: name, among: near) ?? near.first { return "Did you mean '\(best)'?" }
        return "The columns of a table or view: PRAGMA table_info(\(asked.first ?? "models"))."
    }

    /// Tables and views, those for people first.
    private static func tables(_ connection: ReadOnlyConnection) -> [String] {
        texts(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' "
                + "AND name NOT LIKE 'grdb_%' ORDER BY type DESC, name", connection)
    }

    private static func columns(of table: String, _ connection: ReadOnlyConnection) -> [String] {
        texts("SELECT name FROM pragma_table_info('\(table.replacing("'", with: "''"))')", connection)
    }

    private static func texts(_ sql: String, _ connection: ReadOnlyConnection) -> [String] {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(connection.handle, sql, -1, &statement, nil) == SQLITE_OK, let statement else {
            return []
        }
        defer { sqlite3_finalize(statement) }
        var texts: [String] = []
        while sqlite3_step(statement) == SQLITE_ROW {
            if let text = sqlite3_column_text(statement, 0) { texts.append(String(cString: text)) }
        }
        return texts
    }

    /// A query as its words, in lower case: enough to see which tables it names.
    private struct Words {
        let all: [Substring]

        init(_ sql: String) {
            all = sql.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "_") }
        }

        func contains(_ name: String) -> Bool { all.contains(Substring(name.lowercased())) }

        /// Whether the query says "TABLE ALIAS" or "TABLE AS ALIAS".
        func isAlias(_ alias: String, of table: String) -> Bool {
            let (alias, table) = (Substring(alias.lowercased()), Substring(table.lowercased()))
            return all.indices.contains { index in
                all[index] == table
                    && (all[index...].dropFirst().first == alias
                        || (all[index...].dropFirst().first == "as" && all[index...].dropFirst(2).first == alias))
            }
        }
    }
}
