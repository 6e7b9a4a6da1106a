import Foundation

/// JSON columns are written with sorted keys, so that equal contents are equal texts.
enum JSONText {
    static func of(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func value<T: Decodable>(_ type: T.Type, of text: String) throws -> T {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
