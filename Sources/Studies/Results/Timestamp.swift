import Foundation

/// Times are kept as ISO 8601 text in UTC with milliseconds, which sorts as text and which SQLite's date functions
/// read.
enum Timestamp {
    private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    static func text(_ date: Date) -> String { date.formatted(style) }

    static func date(_ text: String) -> Date? { try? style.parse(text) }
}
