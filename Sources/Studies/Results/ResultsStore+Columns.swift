import GRDB
import GRDBSQLite
import Measures

extension ResultsStore {
    /// The measurements of some of a study's models as columns, by measure: every measure that one of them has.
    ///
    /// - Parameter rows: the models, in the order of the columns' rows; each once.
    /// - Complexity: one scan of the study's measurements, about half a microsecond each; 33 bytes a row and column.
    public func measurementColumns(
        of study: StudyRecord.ID, rows: [ModelRecord.ID]
    ) throws -> [String: MeasurementColumn] {
        let places = Dictionary(uniqueKeysWithValues: rows.enumerated().map { ($1.rawValue, $0) })
        return try read { db in
            let statement = try db.makeStatement(
                sql: """
                    SELECT v.model_id, v.measure, v.status, v.value, v.standard_error, v.effort, v.seconds, v.reason, \
                    v.detail
                    FROM model m JOIN measurement v ON v.model_id = m.id
                    WHERE m.study_id = ? ORDER BY m.position, v.measure
                    """)
            try statement.setArguments([study.rawValue])
            var reader = ColumnReader(places: places)
            // By SQLite's own calls: a row object a measurement takes longer than all the rest.
            let handle = statement.sqliteStatement
            defer { sqlite3_reset(handle) }
            while true {
                switch sqlite3_step(handle) {
                case SQLITE_ROW: reader.take(handle)
                case SQLITE_DONE: return reader.columns
                case let code: throw DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage)
                }
            }
        }
    }
}

/// Sorts measurements into columns as they come.
private struct ColumnReader {
    private let places: [Int64: Int]
    private var found: [MeasurementColumn] = []
    /// Names as bytes, in the order of `found`.
    private var names: [[UInt8]] = []
    private var model: Int64?
    private var row: Int?
    /// The column that comes next if this model has the same measures as the one before.
    private var expected = 0

    init(places: [Int64: Int]) { self.places = places }

    var columns: [String: MeasurementColumn] {
        Dictionary(uniqueKeysWithValues: found.map { ($0.measure, $0) })
    }

    /// Takes the row on which the statement stands.
    mutating func take(_ row: OpaquePointer) {
        let id = sqlite3_column_int64(row, 0)
        if model != id {
            model = id
            self.row = places[id]
            expected = 0
        }
        guard let place = self.row else { return }
        let column = column(of: row)
        let status: MeasuredValue.Status =
            switch UnsafeRawBufferPointer.text(row, 2).first {
            case UInt8(ascii: "o"): .ok
            case UInt8(ascii: "u"): .undefined
            default: .failed
            }
        found[column].set(
            place, status: status, value: sqlite3_column_double(row, 3), standardError: sqlite3_column_double(row, 4),
            effort: Int(sqlite3_column_int64(row, 5)), seconds: sqlite3_column_double(row, 6),
            reason: Self.string(row, 7),
            detail: Self.string(row, 8))
    }

    /// The column of the measure's name, a new one for a new name.
    private mutating func column(of row: OpaquePointer) -> Int {
        let name = UnsafeRawBufferPointer.text(row, 1)
        let found: Int
        if expected < names.count, names[expected].elementsEqual(name) {
            found = expected
        } else if let known = names.firstIndex(where: { $0.elementsEqual(name) }) {
            found = known
        } else {
            found = names.count
            names.append([UInt8](name))
            self.found.append(MeasurementColumn(measure: String(decoding: name, as: UTF8.self), rows: places.count))
        }
        expected = found + 1
        return found
    }

    private static func string(_ row: OpaquePointer, _ column: CInt) -> String? {
        guard sqlite3_column_type(row, column) != SQLITE_NULL else { return nil }
        return String(decoding: UnsafeRawBufferPointer.text(row, column), as: UTF8.self)
    }
}

extension UnsafeRawBufferPointer {
    /// The bytes of a text; they stay until the next step.
    fileprivate static func text(_ row: OpaquePointer, _ column: CInt) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_text(row, column)
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(row, column)))
    }
}
