import Digests
import GRDBSQLite

/// The functions of SQL by which Basin's own connections compute checksums.
///
/// `row_checksum(value, …)` is the checksum of a row of these values; `wrapping_sum(integer)` the sum of 64-bit
/// integers modulo 2^64, in which the order of rows does not count.
enum IntegrityFunctions {
    static func register(in connection: OpaquePointer?) {
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC
        let checksum = Unmanaged.passRetained(Checksum()).toOpaque()
        let made = [
            sqlite3_create_function_v2(
                connection, "row_checksum", -1, flags, checksum,
                { context, count, values in
                    guard let values, let data = sqlite3_user_data(context) else { return }
                    let checksum = Unmanaged<Checksum>.fromOpaque(data).takeUnretainedValue()
                    for index in 0..<Int(count) { checksum.append(value: values[index]) }
                    sqlite3_result_int64(context, checksum.finish())
                }, nil, nil, { data in data.map { Unmanaged<Checksum>.fromOpaque($0).release() } }),
            sqlite3_create_function_v2(
                connection, "wrapping_sum", 1, flags, nil, nil,
                { context, _, values in
                    guard let sum = keptSum(context), let value = values?[0] else { return }
                    sum.pointee &+= sqlite3_value_int64(value)
                },
                { context in sqlite3_result_int64(context, keptSum(context)?.pointee ?? 0) }, nil),
        ]
        precondition(made.allSatisfy { $0 == SQLITE_OK }, "SQLite has no memory for a function")
    }
}

/// Where an aggregate keeps its sum; SQLite gives it as zero.
private func keptSum(_ context: OpaquePointer?) -> UnsafeMutablePointer<Int64>? {
    sqlite3_aggregate_context(context, CInt(MemoryLayout<Int64>.size))?.assumingMemoryBound(to: Int64.self)
}

extension Checksum {
    /// Adds an argument of a function of SQL.
    fileprivate func append(value: OpaquePointer?) {
        switch sqlite3_value_type(value) {
        case SQLITE_INTEGER: append(sqlite3_value_int64(value))
        case SQLITE_FLOAT: append(sqlite3_value_double(value))
        case SQLITE_TEXT:
            let start = sqlite3_value_text(value)
            append(text: UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(value))))
        case SQLITE_BLOB:
            let start = sqlite3_value_blob(value)
            append(blob: UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(value))))
        default: appendNull()
        }
    }
}
