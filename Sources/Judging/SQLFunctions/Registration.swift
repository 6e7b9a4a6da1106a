import CSQLiteExtension

/// Adds all functions of `SQLFunction.all` to a connection.
///
/// The signature is that of an SQLite extension's entry point (sqlite.org/loadext.html), so it serves a loaded library
/// and `sqlite3_auto_extension` alike.
/// - Parameters:
///   - database: the connection, an `sqlite3 *`.
///   - errorMessage: where a sentence is left on failure, in memory of SQLite's.
///   - routines: the host's functions, a `const sqlite3_api_routines *`.
/// - Returns: SQLITE_OK, or SQLite's error code; an error for an SQLite before 3.25, which has no window functions.
public func registerSQLFunctions(
    _ database: OpaquePointer?, _ errorMessage: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?,
    _ routines: UnsafeRawPointer?
) -> Int32 {
    guard let table = routines?.assumingMemoryBound(to: sqlite3_api_routines.self) else { return SQLITE_MISUSE }
    guard table.pointee.libversion_number() >= 3_025_000 else {
        errorMessage?.pointee = copy("Basin's functions need SQLite 3.25 or later.", table)
        return SQLITE_ERROR
    }
    let sqlite = SQLiteInterface(host: table)
    for function in SQLFunction.all {
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS
        let code = sqlite.routines.pointee.create_window_function(
            database, function.name, function.argumentCount, flags,
            Unmanaged.passRetained(Registered(function)).toOpaque(), step, final, value, inverse, forget)
        guard code == SQLITE_OK else { return code }
    }
    return SQLITE_OK
}

/// A function as SQLite keeps it beside its callbacks.
private final class Registered {
    let function: SQLFunction

    init(_ function: SQLFunction) {
        self.function = function
    }
}

/// One callback's context.
private struct Call {
    let sqlite: SQLiteInterface
    let context: OpaquePointer?

    init?(_ context: OpaquePointer?) {
        guard let sqlite = SQLiteInterface.current else { return nil }
        self.sqlite = sqlite
        self.context = context
    }

    /// The aggregate's memory, one pointer that SQLite sets to zero first; nil while there was no row, unless `making`.
    private func slot(making: Bool) -> UnsafeMutablePointer<UnsafeMutableRawPointer?>? {
        let size = making ? Int32(MemoryLayout<UnsafeMutableRawPointer?>.size) : 0
        return sqlite.routines.pointee.aggregate_context(context, size)?
            .assumingMemoryBound(to: UnsafeMutableRawPointer?.self)
    }

    /// The rows so far, made at the first one; nil without memory.
    func rows() -> AggregateRows? {
        guard let slot = slot(making: true), let data = sqlite.routines.pointee.user_data(context) else { return nil }
        if let state = slot.pointee { return Unmanaged<AggregateRows>.fromOpaque(state).takeUnretainedValue() }
        let rows = AggregateRows(Unmanaged<Registered>.fromOpaque(data).takeUnretainedValue().function)
        slot.pointee = Unmanaged.passRetained(rows).toOpaque()
        return rows
    }

    /// The rows of an aggregate that had any; `releasing` when they are not asked for again.
    func presentRows(releasing: Bool) -> AggregateRows? {
        guard let slot = slot(making: false), let state = slot.pointee else { return nil }
        if releasing { slot.pointee = nil }
        let rows = Unmanaged<AggregateRows>.fromOpaque(state)
        return releasing ? rows.takeRetainedValue() : rows.takeUnretainedValue()
    }

    func answer(_ value: Double?) {
        if let value {
            sqlite.routines.pointee.result_double(context, value)
        } else {
            sqlite.routines.pointee.result_null(context)
        }
    }

    func fail(_ error: SQLFunctionError) {
        sqlite.routines.pointee.result_error(context, error.description, -1)
    }
}

private func step(_ context: OpaquePointer?, _ count: Int32, _ values: UnsafeMutablePointer<OpaquePointer?>?) {
    guard let call = Call(context) else { return }
    guard let rows = call.rows() else { return call.sqlite.routines.pointee.result_error_nomem(context) }
    do throws(SQLFunctionError) {
        try rows.add(SQLiteArguments(sqlite: call.sqlite, values: values, count: Int(count)))
    } catch {
        call.fail(error)
    }
}

private func inverse(_ context: OpaquePointer?, _ count: Int32, _ values: UnsafeMutablePointer<OpaquePointer?>?) {
    guard let call = Call(context) else { return }
    call.presentRows(releasing: false)?
        .removeOldest(SQLiteArguments(sqlite: call.sqlite, values: values, count: Int(count)))
}

private func value(_ context: OpaquePointer?) { answer(context, releasing: false) }

/// Called once for every aggregate that had a row, also when its query fails or is interrupted.
private func final(_ context: OpaquePointer?) { answer(context, releasing: true) }

private func answer(_ context: OpaquePointer?, releasing: Bool) {
    guard let call = Call(context) else { return }
    do throws(SQLFunctionError) {
        call.answer(try call.presentRows(releasing: releasing)?.value())
    } catch {
        call.fail(error)
    }
}

private func forget(_ data: UnsafeMutableRawPointer?) {
    if let data { Unmanaged<Registered>.fromOpaque(data).release() }
}

/// A message in memory that SQLite frees.
private func copy(_ text: String, _ table: UnsafePointer<sqlite3_api_routines>) -> UnsafeMutablePointer<CChar>? {
    let bytes = text.utf8CString
    guard let memory = table.pointee.malloc(Int32(bytes.count))?.assumingMemoryBound(to: CChar.self) else { return nil }
    for (index, byte) in bytes.enumerated() { memory[index] = byte }
    return memory
}
