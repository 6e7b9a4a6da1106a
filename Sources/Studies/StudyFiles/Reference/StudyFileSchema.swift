import Definitions
import Foundation

/// JSON Schema (2020-12) of study files, made of the declarations that files are read by.
///
/// What a schema cannot say, the reader still checks: that a column is measured, that a seed has a network.
public enum StudyFileSchema {
    /// The schema as JSON, keys sorted, two spaces a level.
    public static func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(schema), as: UTF8.self)
    }

    /// One object for each kind of models: the sections of another kind must not be there.
    private static var schema: SchemaValue {
        .object([
            "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Basin study file",
            "anyOf": .array(
                ModelKindCatalogue.readable.map { object(RootKeys.all + $0.keys, partial: Set($0.keys.map(\.name))) }),
        ])
    }

    /// - Parameter partial: those whose own keys need not all be there, since regimes and the grid may state them.
    private static func object(_ keys: [StudyFileKey], partial: Set<String> = []) -> SchemaValue {
        .object([
            "type": "object",
            "properties": .object(
                Dictionary(
                    keys.map { ($0.name, partial.contains($0.name) ? withoutRequired(property($0)) : property($0)) },
                    uniquingKeysWith: { first, _ in first })),
            "required": .array(keys.filter(\.isRequired).map { .string($0.name) }),
            "additionalProperties": .bool(false),
        ])
    }

    private static func withoutRequired(_ value: SchemaValue) -> SchemaValue {
        guard case .object(var members) = value else { return value }
        members["required"] = nil
        if case .array(let variants)? = members["anyOf"] {
            members["anyOf"] = .array(variants.map(withoutRequired))
        }
        return .object(members)
    }

    private static func property(_ key: StudyFileKey) -> SchemaValue {
        guard case .object(var members) = value(key.kind) else { return value(key.kind) }
        let unit = key.unit.map { " In \($0)." } ?? ""
        let otherwise = if case .optional(let words) = key.need { " Otherwise: \(words)." } else { "" }
        members["description"] = .string("\(key.summary).\(unit)\(otherwise)")
        members["examples"] = .array([.string(key.example)])
        return .object(members)
    }

    private static func value(_ kind: StudyFileKey.Kind) -> SchemaValue {
        switch kind {
        case .text: .object(["type": "string"])
        case .integer(let range):
            .object(
                ["type": "integer", "minimum": .integer(range.lowerBound)].merging(
                    range.upperBound == .max ? [:] : ["maximum": .integer(range.upperBound)]
                ) { $1 })
        case .number(let range): number(range)
        case .choice(let words): .object(["enum": .array(words.map(SchemaValue.string))])
        case .flag: .object(["type": "boolean"])
        case .seed: .object(["type": "integer", "minimum": .integer(0)])
        case .seeds: .object(["anyOf": .array([seeds, .object(["type": "array", "items": seeds])])])
        case .scalar: .object(["type": .array(["string", "number", "boolean"])])
        case .any: .object([:])
        case .list(let element): .object(["type": "array", "items": value(element)])
        case .mapping(let keys): object(keys)
        case .variants(let keys, let selector, _, let variants):
            .object(["anyOf": .array(variants.map { variant($0, of: keys, by: selector) })])
        case .named(_, let kind): .object(["type": "object", "additionalProperties": value(kind)])
        case .either(let kinds): either(kinds)
        }
    }

    /// A mapping's declared keys and names of something beside them are one object; else each may stand there.
    private static func either(_ kinds: [StudyFileKey.Kind]) -> SchemaValue {
        if kinds.count == 2, case .mapping(let keys) = kinds[0], case .named(_, let kind) = kinds[1],
            case .object(var members) = object(keys)
        {
            members["additionalProperties"] = value(kind)
            return .object(members)
        }
        return .object(["anyOf": .array(kinds.map(value))])
    }

    private static var seeds: SchemaValue {
        .object(["anyOf": .array([value(.seed), .object(["type": "string", "pattern": "^[0-9]+( *- *[0-9]+)?$"])])])
    }

    private static func number(_ range: NumberRange) -> SchemaValue {
        var members: [String: SchemaValue] = ["type": "number"]
        if let minimum = range.minimum {
            members[range.excludesMinimum ? "exclusiveMinimum" : "minimum"] = .number(minimum)
        }
        if let maximum = range.maximum { members["maximum"] = .number(maximum) }
        return .object(members)
    }

    private static func variant(
        _ variant: StudyFileKey.Variant, of keys: [StudyFileKey], by selector: String
    ) -> SchemaValue {
        guard case .object(var members) = object(keys + variant.keys),
            case .object(var properties)? = members["properties"],
            case .object(var key)? = properties[selector]
        else { return object(keys + variant.keys) }
        key["enum"] = nil
        key["const"] = .string(variant.name)
        properties[selector] = .object(key)
        members["properties"] = .object(properties)
        return .object(members)
    }
}

/// A value of a schema.
enum SchemaValue: Encodable, ExpressibleByStringLiteral {
    case string(String)
    case integer(Int)
    case number(Double)
    case bool(Bool)
    case array([SchemaValue])
    case object([String: SchemaValue])

    init(stringLiteral value: String) { self = .string(value) }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .string(let text): try container.encode(text)
        case .integer(let number): try container.encode(number)
        case .number(let number): try container.encode(number)
        case .bool(let flag): try container.encode(flag)
        case .array(let values): try container.encode(values)
        case .object(let members): try container.encode(members)
        }
    }
}
