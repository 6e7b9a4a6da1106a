import StudyFiles

/// All keys of study files, as a page: `docs/study-files.md`. It is made of the declarations that files are read by.
public struct StudyFileReference: Reported {
    public init() {}

    public var report: Report {
        Report(name: "study-files", [Self.head] + StudyFileSection.all.map(Self.section))
    }

    private static let head = ReportSection([
        .heading(1, "Study files"),
        .paragraph(
            """
            Every key of a study file, with what may stand there and what holds where nothing is said. Made by \
            \(code: "basin studies --reference > docs/study-files.md"), and held against it by a test.
            """),
        .list([
            """
            \(code: "basin studies --schema") prints the same as JSON Schema: editors that know YAML complete and \
            check study files by it.
            """,
            """
            A key of \(code: "data"), \(code: "network"), \(code: "training") or \(code: "lab") may stand in a \
            regime or in the grid instead, by its path.
            """,
            """
            \("Studies", link: "studies.md") explains figures and claims, \("measures", link: "measures.md") what can \
            be measured.
            """,
        ]),
    ])

    private static func section(_ section: StudyFileSection) -> ReportSection {
        let isFile = section.path.isEmpty
        let heading: Prose = isFile ? "The file" : "\(code: section.path)"
        let summary = section.summary.prefix(1).uppercased() + section.summary.dropFirst()
        var blocks: [Block] = [
            .heading(2, heading), .paragraph(Prose("\(summary).")), .table(table(section.keys, isFile: isFile)),
        ]
        if let variation = section.variation { blocks += Self.blocks(variation, of: section.path) }
        return ReportSection(blocks)
    }

    private static func blocks(_ variation: StudyFileSection.Variation, of path: String) -> [Block] {
        if let help = variation.help {
            return [
                .paragraph(
                    """
                    Further keys depend on \(code: variation.key), which has \(variation.variants.count) values: \
                    \(code: help) says all about each.
                    """)
            ]
        }
        return variation.variants.flatMap { variant -> [Block] in
            let heading = Block.heading(3, "\(code: path) with \(code: "\(variation.key): \(variant.name)")")
            return [heading, .paragraph("\(variant.summary).")]
                + (variant.keys.isEmpty ? [] : [.table(table(variant.keys, isFile: false))])
        }
    }

    private static func table(_ keys: [StudyFileKey], isFile: Bool) -> Table {
        Table(
            ["key", "takes", "otherwise", "meaning", "example"],
            rows: keys.map { key in
                [
                    .text(key.name), .text(key.kind.words + (key.unit.map { ", in \($0)" } ?? "")),
                    .text(otherwise(key, isFile: isFile)), .text(key.summary), .text(key.example),
                ]
            })
    }

    private static func otherwise(_ key: StudyFileKey, isFile: Bool) -> String {
        switch key.need {
        case .optional(let otherwise): return otherwise
        case .required:
            let others = (isFile ? StudyFileSection.alternatives(to: key) : []).map { $0.joined(separator: ", ") }
            return (["required"] + others).joined(separator: ", or ")
        }
    }
}

extension StudyFileKey.Kind {
    /// What may stand there, in a few words.
    fileprivate var words: String {
        switch self {
        case .text: "text"
        case .integer(let range):
            range.upperBound == .max
                ? "a whole number from \(range.lowerBound)"
                : "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .number(let range): range.text
        case .choice(let words): words.count > 12 ? "one of \(words.count) words" : words.joined(separator: ", ")
        case .flag: "true or false"
        case .seed: "a whole number from 0"
        case .seeds: "a seed, a range as 0-99, or a list of these"
        case .scalar: "a value"
        case .any: "what the key takes"
        case .list(let element): "a list: \(element.words)"
        case .mapping, .variants: "a mapping"
        case .named(let name, let value): "for each \(name): \(value.words)"
        case .either(let kinds): kinds.map(\.words).joined(separator: "; or ")
        }
    }
}
