/// GitHub Flavored Markdown, pictures as files beside it. All escaping is here.
struct MarkdownRenderer: ReportRenderer {
    let name = "markdown"
    let summary = "writes a folder with the text and its pictures"
    let fileName: String? = "report.md"

    func render(_ report: Report) -> String { report.sections.map(text).joined(separator: "\n") }

    private func text(_ section: ReportSection) -> String {
        section.blocks.map(text).joined(separator: "\n") + (section.blocks.last.map(gap) ?? "")
    }

    /// Tables and galleries at a section's end stand a line further from what comes next.
    private func gap(after block: Block) -> String {
        switch block {
        case .table, .gallery: "\n"
        case .heading, .paragraph, .list, .picture, .command, .note: ""
        }
    }

    /// Ends in a line break.
    private func text(_ block: Block) -> String {
        switch block {
        case .heading(let heading): "\(String(repeating: "#", count: heading.level)) \(text(heading.text))\n"
        case .paragraph(let prose), .note(let prose): text(prose) + "\n"
        case .list(let items): items.map { "- \(text($0))\n" }.joined()
        case .table(let table): table.render(.markdown)
        case .picture(let picture): text(picture)
        case .gallery(let pictures): pictures.map(text).joined(separator: "\n")
        case .command(let lines): lines.map { "    \($0)\n" }.joined()
        }
    }

    private func text(_ picture: Illustration) -> String {
        "![\(markdownEscaped(picture.alternativeText))](\(picture.name))\n"
    }

    private func text(_ prose: Prose) -> String { prose.inlines.map(text).joined() }

    private func text(_ inline: Inline) -> String {
        switch inline {
        case .text(let text): markdownEscaped(text)
        // As it was written, marks and all.
        case .authored(let text): text
        case .code(let text): "`\(text)`"
        case .emphasis(let text): "*\(markdownEscaped(text))*"
        case .strong(let text): "**\(markdownEscaped(text))**"
        case .link(let text, let target): "[\(markdownEscaped(text))](\(target))"
        case .lineBreak: "\n"
        }
    }
}
