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
    /// - Throws: `DecodingError`.
    public static func value<T: Decodable>(_ type: T.Type = T.self, of text: String) throws -> T {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
