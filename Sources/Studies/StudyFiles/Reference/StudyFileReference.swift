import Definitions

/// The reference page of study files, in Markdown, made of the declarations that files are read by.
public enum StudyFileReference {
    /// A section of keys: the path that stands before them, and their declarations.
    private struct Part {
        let path: String
        let summary: String
        let keys: [StudyFileKey]
    }

    /// The whole page.
    public static var markdown: String {
        let head = """
            # Study files

            Every key of a study file, with what may stand there and what holds where nothing is said. `basin \
            studies --schema` prints the same as JSON Schema: editors that know YAML complete and check study \
            files by it. This page is made of the declarations that files are read by: `basin studies \
            --reference > docs/study-files.md`. Figures and claims are explained in [studies.md](studies.md), \
            measures and their options in [measures.md](measures.md). A key of `data`, `network`, `training` \
            or `lab` may stand in a regime or in the grid instead, by its path.

            """
        return (head + parts.map(section).joined()).trimmingSuffix("\n") + "\n"
    }

    private static var parts: [Part] {
        let kinds = ModelKindCatalogue.readable.flatMap { $0.keys }
        let root = Part(path: "", summary: "At the root of the file.", keys: RootKeys.all + kinds)
        return [root] + (kinds + RootKeys.all).flatMap { parts(of: $0, under: "") }
    }

    /// The sections of the mappings in a key.
    private static func parts(of key: StudyFileKey, under path: String) -> [Part] {
        let path = path + key.name
        return mappings(in: key.kind).flatMap { name, keys in
            let place = path + name
            return [Part(path: place, summary: key.summary, keys: keys)]
                + keys.flatMap { parts(of: $0, under: place + ".") }
        }
    }

    private static func mappings(in kind: StudyFileKey.Kind) -> [(name: String, keys: [StudyFileKey])] {
        switch kind {
        case .mapping(let keys), .variants(let keys, _, _): [("", keys)]
        case .list(let element): mappings(in: element).map { ("[]" + $0.name, $0.keys) }
        case .either(let kinds): kinds.flatMap(mappings)
        default: []
        }
    }

    private static func section(_ part: Part) -> String {
        let title = part.path.isEmpty ? "The file" : "`\(part.path)`"
        let rows = part.keys.map { key in
            let otherwise =
                switch key.need {
                case .required: "**required**\(part.path.isEmpty ? exception(key) : "")"
                case .optional(let otherwise): cell(otherwise)
                }
            let unit = key.unit.map { ", in \($0)" } ?? ""
            return
                """
                | `\(key.name)` | \(cell(key.kind.words))\(unit) | \(otherwise) | \(cell(key.summary)) | \
                `\(cell(key.example))` |
                """
        }
        let table = ["| key | takes | otherwise | meaning | example |", "|---|---|---|---|---|"] + rows
        let summary = part.summary.prefix(1).uppercased() + part.summary.dropFirst()
        return "\n## \(title)\n\n\(summary.hasSuffix(".") ? summary : summary + ".")\n\n"
            + table.joined(separator: "\n") + "\n" + variants(part)
    }

    /// In place of which other sections one that says what the models are may be there.
    private static func exception(_ key: StudyFileKey) -> String {
        let kinds = ModelKindCatalogue.readable.map { $0.keys.map(\.name) }
        guard kinds.contains(where: { $0.contains(key.name) }) else { return "" }
        let others = kinds.filter { !$0.contains(key.name) }.map { names in
            names.map { "`\($0)`" }.joined(separator: ", ")
        }
        return ", or \(others.joined(separator: ", or "))"
    }

    /// Keys that go with a value of another one.
    private static func variants(_ part: Part) -> String {
        let declared = (ModelKindCatalogue.readable.flatMap { $0.keys } + [RootKeys.measures]).first {
            part.path.hasPrefix($0.name) && !part.path.contains(".")
        }
        guard let declared, case .some(let (key, count)) = declared.kind.variantKey else { return "" }
        return
            """
            \nFurther keys depend on `\(key)`, which takes \(count) words: `\(helpCommand(declared))` says all \
            about each.\n
            """
    }

    private static func helpCommand(_ key: StudyFileKey) -> String {
        switch key.name {
        case "lab": "basin labs EXPERIMENT"
        case "measures": "basin measures MEASURE"
        default: "basin studies --schema"
        }
    }

    private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|").replacing("\n", with: " ") }
}

extension StudyFileKey.Kind {
    /// What may stand there, in a few words.
    var words: String {
        switch self {
        case .text: "text"
        case .integer(let range):
            range.upperBound == .max
                ? "a whole number from \(range.lowerBound)"
                : "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .number(let range): range.text
        case .choice(let words):
            words.count > 12 ? "one of \(words.count) words" : words.map { "`\($0)`" }.joined(separator: ", ")
        case .flag: "`true` or `false`"
        case .seed: "a whole number from 0"
        case .seeds: "a seed, a range as `0-99`, or a list of these"
        case .scalar: "a value"
        case .list(let element): "a list: \(element.words)"
        case .mapping, .variants: "a mapping"
        case .named(let name, let value): "for each \(name): \(value.words)"
        case .either(let kinds): kinds.map(\.words).joined(separator: "; or ")
        }
    }

    /// The key that further keys depend on, and how many values it has.
    fileprivate var variantKey: (key: String, count: Int)? {
        switch self {
        case .variants(_, let key, let variants): (key, variants.count)
        case .list(let element): element.variantKey
        case .either(let kinds): kinds.compactMap(\.variantKey).first
        default: nil
        }
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: Character) -> String {
        var text = self
        while text.last == suffix { text.removeLast() }
        return text
    }
}
