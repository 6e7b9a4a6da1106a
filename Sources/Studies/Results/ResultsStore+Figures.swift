import Definitions
import Digests
import GRDB

extension ResultsStore {
    /// Records the figures that a study file asks for, in its order, in place of those recorded before.
    ///
    /// - Precondition: names differ.
    public func record(figures: [Figure], study: StudyRecord.ID) throws {
        try write { db in
            try CheckedTable.figure.change(of: study.rawValue, in: db, path: path) {
                try db.execute(sql: "DELETE FROM figure WHERE study_id = ?", arguments: [study.rawValue])
                for (place, figure) in figures.enumerated() {
                    try db.execute(
                        sql: "INSERT INTO figure (study_id, place, name, definition) VALUES (?, ?, ?, ?)",
                        arguments: [study.rawValue, place, figure.name, try CanonicalJSON.text(of: figure)])
                }
            }
        }
    }

    /// The figures of a study, in the order of its file; one of a kind that only a newer program knows is left out.
    public func figures(of study: StudyRecord.ID) throws -> [Figure] {
        try read { db in
            try CheckedTable.figure.verify(of: study.rawValue, in: db, path: path)
            return try String.fetchAll(
                db, sql: "SELECT definition FROM figure WHERE study_id = ? ORDER BY place", arguments: [study.rawValue]
            ).compactMap { try? CanonicalJSON.value(Figure.self, of: $0) }
        }
    }
}
