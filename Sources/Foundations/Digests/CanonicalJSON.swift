import Foundation

/// JSON with sorted keys and without spaces: equal values are equal texts, whatever made them.
public enum CanonicalJSON {
    /// - Throws: `EncodingError` for a number that is not finite, and what the value itself throws.
    public static func text(of value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// Reads JSON of whatever layout.
    ///
    /// - Throws: `UnreadableJSON`.
    public static func value<T: Decodable>(_ type: T.Type = T.self, of text: String) throws(UnreadableJSON) -> T {
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            throw UnreadableJSON(error, text: text)
        }
    }
}

/// A text that is no JSON, or no JSON of what was to be read.
public struct UnreadableJSON: Error, CustomStringConvertible {
    public let description: String

    init(_ error: any Error, text: String) {
        let start = text.prefix(60)
        let shown = start.endIndex < text.endIndex ? "\(start)…" : "\(start)"
        description = "the JSON '\(shown)' does not read: \(Self.reason(error))"
    }

    private static func reason(_ error: any Error) -> String {
        func at(_ path: [any CodingKey]) -> String {
            path.isEmpty ? "" : " at \(path.map(\.stringValue).joined(separator: "."))"
        }
        return switch error as? DecodingError {
        case .keyNotFound(let key, let context): "'\(key.stringValue)' is missing\(at(context.codingPath))"
        case .valueNotFound(_, let context): "there is no value\(at(context.codingPath))"
        case .typeMismatch(_, let context): "the value is of another kind\(at(context.codingPath))"
        case .dataCorrupted(let context): "it is no JSON, or says what cannot be\(at(context.codingPath))"
        default: "\(error)"
        }
    }
}
