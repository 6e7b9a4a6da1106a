/// The primary key of a row of `Record`'s table: keys of different tables do not mix.
public struct RowID<Record>: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let rawValue: Int64

    public init(_ rawValue: Int64) { self.rawValue = rawValue }

    public static func < (a: RowID, b: RowID) -> Bool { a.rawValue < b.rawValue }

    public var description: String { String(rawValue) }
}
