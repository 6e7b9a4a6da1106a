import GRDB

/// A row whose columns are of the right kinds and mean nothing together.
struct UnusableRow: Error {
    let description: String
}

extension Row {
    /// A column's value as a type; every reader's only door to a row, as GRDB's subscripts end the program where the
    /// file holds another kind of value.
    ///
    /// - Throws: `RowDecodingError` for a NULL, or another kind of value, where the type has no place for it.
    func read<Value: DatabaseValueConvertible>(_ column: String) throws -> Value {
        try decode(forColumn: column)
    }
}
