import CSQLiteExtension
import Synchronization

/// SQLite as the host of an extension offers it: a table of its functions.
struct SQLiteInterface {
    let routines: UnsafePointer<sqlite3_api_routines>

    /// The host's table. A callback gets no more than a context, and asking a context for anything takes the table: so
    /// this one word is global, as in every extension. Each host has one table, and it stays in place.
    private static let address = Atomic<UInt>(0)

    init(host routines: UnsafePointer<sqlite3_api_routines>) {
        self.routines = routines
        Self.address.store(UInt(bitPattern: routines), ordering: .releasing)
    }

    /// In a callback, after a function was registered.
    static var current: SQLiteInterface? {
        UnsafePointer(bitPattern: address.load(ordering: .acquiring)).map(SQLiteInterface.init(known:))
    }

    private init(known routines: UnsafePointer<sqlite3_api_routines>) {
        self.routines = routines
    }
}

/// A value that SQLite hands to a function, valid during the call.
struct SQLiteValue {
    let sqlite: SQLiteInterface
    let value: OpaquePointer?

    private var type: Int32 { sqlite.routines.pointee.value_type(value) }

    var isNull: Bool { type == SQLITE_NULL }
    var isText: Bool { type == SQLITE_TEXT }

    /// Nil unless it is stored as an integer.
    var integer: Int64? { type == SQLITE_INTEGER ? sqlite.routines.pointee.value_int64(value) : nil }

    /// A number, or a text that reads as one.
    var number: Double? {
        switch sqlite.routines.pointee.value_numeric_type(value) {
        case SQLITE_INTEGER, SQLITE_FLOAT: sqlite.routines.pointee.value_double(value)
        default: nil
        }
    }

    var text: String {
        guard let start = sqlite.routines.pointee.value_text(value) else { return "" }
        let count = Int(sqlite.routines.pointee.value_bytes(value))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }
}

/// The arguments of one row.
struct SQLiteArguments {
    let sqlite: SQLiteInterface
    let values: UnsafeMutablePointer<OpaquePointer?>?
    let count: Int

    subscript(index: Int) -> SQLiteValue { SQLiteValue(sqlite: sqlite, value: values?[index]) }

    var holdNull: Bool { (0..<count).contains { self[$0].isNull } }
}
