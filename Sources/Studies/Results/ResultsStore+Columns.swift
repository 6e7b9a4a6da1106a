import Digests
import Foundation
import GRDB
import GRDBSQLite
import Measures

extension ResultsStore {
    /// The measurements of some of a study's models as columns, by measure: every measure that one of them has.
    ///
    /// - Parameter rows: the models, in the order of the columns' rows; each once.
    /// - Throws: `ResultsError.damagedRows` where a measurement is not what was written, or is missing.
    /// - Complexity: one scan of the study's measurements, about half a microsecond each; 33 bytes a row and column.
    public func measurementColumns(
        of study: StudyRecord.ID, rows: [ModelRecord.ID]
    ) throws -> [String: MeasurementColumn] {
        try read { db in
            let statement = try db.makeStatement(
                sql: """
                    SELECT \(ColumnReader.columns.map { "v.\($0)" }.joined(separator: ", ")), v.checksum
                    FROM model m JOIN measurement v ON v.model_id = m.id
                    WHERE m.study_id = ? ORDER BY m.position, v.measure
                    """)
            try statement.setArguments([study.rawValue])
            var reader = ColumnReader(rows: rows.map(\.rawValue))
            let seal = try CheckedTable.measurement.seal(of: study.rawValue, in: db)
            // By SQLite's own calls: a row object a measurement takes longer than all the rest.
            let handle = statement.sqliteStatement
            defer { sqlite3_reset(handle) }
            while true {
                switch sqlite3_step(handle) {
                case SQLITE_ROW:
                    if !reader.take(handle) {
                        try CheckedTable.measurement.verify(of: study.rawValue, in: db, path: path)
                        throw ResultsError.damaged(path: path, message: "a measurement of study \(study)")
                    }
                case SQLITE_DONE:
                    if reader.seal != seal {
                        try CheckedTable.measurement.verify(of: study.rawValue, in: db, path: path)
                    }
                    return reader.columns
                case let code: throw DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage)
                }
            }
        }
    }
}

/// Sorts measurements into columns as they come, and holds each against its checksum.
private struct ColumnReader {
    /// What is read, in the order of the checksum, which comes after them.
    static let columns = CheckedTable.measurement.columns

    /// Counts what was taken.
    private(set) var seal = Seal()
    private let checksum = Checksum()
    /// The models of the rows.
    private let rows: [Int64]
    /// Each model's row, once they are asked for in another order than theirs.
    private lazy var places = Dictionary(rows.enumerated().map { ($1, $0) }) { first, _ in first }
    /// The row after the last one that was found.
    private var next = 0
    private var found: [MeasurementColumn] = []
    /// Names as bytes, in the order of `found`.
    private var names: [[UInt8]] = []
    private var model: Int64?
    private var place: Int?
    /// The column that comes next if this model has the same measures as the one before.
    private var expected = 0

    init(rows: [Int64]) { self.rows = rows }

    /// Of two names that differ in bytes that are no UTF-8 alone, the first.
    var columns: [String: MeasurementColumn] {
        Dictionary(found.map { ($0.measure, $0) }) { first, _ in first }
    }

    /// Takes the row on which the statement stands; false where it does not verify, and is not taken.
    ///
    /// Every column is read once, as the kind that the table allows; another kind does not verify.
    mutating func take(_ row: OpaquePointer) -> Bool {
        let id = sqlite3_column_int64(row, 0)
        let name = UnsafeRawBufferPointer.text(row, 1)
        checksum.append(id)
        checksum.append(text: name)
        checksum.append(sqlite3_column_int64(row, 2))
        let word = UnsafeRawBufferPointer.text(row, 6)
        let status: MeasuredValue.Status =
            switch word.first {
            case UInt8(ascii: "o"): .ok
            case UInt8(ascii: "u"): .undefined
            default: .failed
            }
        // A value and its error are there where the status is ok, and there alone.
        let value = sqlite3_column_double(row, 3)
        let standardError = sqlite3_column_double(row, 4)
        if status == .ok {
            checksum.append(value)
            checksum.append(standardError)
        } else {
            checksum.appendNull()
            checksum.appendNull()
        }
        let effort = sqlite3_column_int64(row, 5)
        checksum.append(effort)
        checksum.append(text: word)
        let reason = string(row, 7)
        let seconds = sqlite3_column_double(row, 8)
        checksum.append(seconds)
        let detail = string(row, 9)
        let written = sqlite3_column_int64(row, 10)
        guard checksum.finish() == written else { return false }
        seal.rows += 1
        seal.checksum &+= written
        if model != id {
            model = id
            place = next < rows.count && rows[next] == id ? next : places[id]
            if let place { next = place + 1 }
            expected = 0
        }
        guard let place else { return true }
        found[column(named: name)].set(
            place, status: status, value: value, standardError: standardError, effort: Int(effort), seconds: seconds,
            reason: reason, detail: detail)
        return true
    }

    /// The column of the measure's name, a new one for a new name.
    private mutating func column(named name: UnsafeRawBufferPointer) -> Int {
        let column: Int
        if expected < names.count, Self.are(names[expected], name) {
            column = expected
        } else if let known = names.firstIndex(where: { Self.are($0, name) }) {
            column = known
        } else {
            column = names.count
            names.append([UInt8](name))
            found.append(MeasurementColumn(measure: String(decoding: name, as: UTF8.self), rows: rows.count))
        }
        expected = column + 1
        return column
    }

    private static func are(_ known: [UInt8], _ name: UnsafeRawBufferPointer) -> Bool {
        known.withUnsafeBytes { known in
            guard known.count == name.count, let a = known.baseAddress, let b = name.baseAddress else {
                return known.isEmpty && name.isEmpty
            }
            return memcmp(a, b, name.count) == 0
        }
    }

    /// A text that may be missing, which goes into the checksum, too.
    private func string(_ row: OpaquePointer, _ column: CInt) -> String? {
        guard sqlite3_column_type(row, column) != SQLITE_NULL else {
            checksum.appendNull()
            return nil
        }
        let text = UnsafeRawBufferPointer.text(row, column)
        checksum.append(text: text)
        return String(decoding: text, as: UTF8.self)
    }
}

extension UnsafeRawBufferPointer {
    /// The bytes of a text; they stay until the next step.
    fileprivate static func text(_ row: OpaquePointer, _ column: CInt) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_text(row, column)
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(row, column)))
    }
}
