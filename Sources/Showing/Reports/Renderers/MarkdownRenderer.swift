import Diagnostics

/// GitHub Flavored Markdown, pictures as files beside it. All escaping is here.
struct MarkdownRenderer: ReportRenderer {
    let name = "markdown"
    let summary = "writes a folder with the text and its pictures"
    let fileName: String? = "report.md"

    func render(_ report: Report) -> String { report.sections.map(text).joined(separator: "\n") }

    private func text(_ section: ReportSection) -> String {
        section.blocks.filter { !$0.isNetworks }.map(text).joined(separator: "\n")
            + (section.blocks.last.map(gap) ?? "")
    }

    /// Tables and galleries at a section's end stand a line further from what comes next.
    private func gap(after block: Block) -> String {
        switch block {
        case .table, .gallery: "\n"
        case .heading, .paragraph, .list, .picture, .command, .note, .folded, .networks: ""
        }
    }

    /// Ends in a line break.
    private func text(_ block: Block) -> String {
        switch block {
        case .heading(let heading): "\(String(repeating: "#", count: heading.level)) \(line(heading.text))\n"
        case .paragraph(let prose), .note(let prose): markdownBlock(text(prose)) + "\n"
        case .list(let items): items.map { "- \(markdownBlock(text($0)))\n" }.joined()
        case .table(let table): table.render(.markdown)
        case .picture(let picture): text(picture)
        case .gallery(let pictures): pictures.map(text).joined(separator: "\n")
        case .command(let lines): lines.map { "    \($0.withVisibleControlsOnOneLine)\n" }.joined()
        case .folded(let summary, let blocks):
            "<details><summary>\(htmlEscaped(summary.plainText))</summary>\n\n"
                + blocks.map(text).joined(separator: "\n") + "\n</details>\n"
        case .networks: ""
        }
    }

    private func text(_ picture: Illustration) -> String {
        "![\(markdownLine(picture.alternativeText))](\(percentEncoded(picture.name, keeping: "-._")))\n"
    }

    private func text(_ prose: Prose) -> String { prose.inlines.map { text($0, escape: markdownEscaped) }.joined() }

    /// Prose that has to stay on one line.
    private func line(_ prose: Prose) -> String {
        prose.inlines.map { $0 == .lineBreak ? " " : text($0, escape: markdownLine) }.joined()
    }

    private func text(_ inline: Inline, escape: (String) -> String) -> String {
        switch inline {
        // What an author wrote is text too: marks in it would be somebody else's links, pictures and scripts.
        case .text(let text), .authored(let text): escape(text)
        case .code(let text): markdownCode(text)
        case .emphasis(let text): marked(escape(text), "*")
        case .strong(let text): marked(escape(text), "**")
        case .link(let text, let target): markdownLink(text, to: target)
        case .lineBreak: "\n"
        }
    }

    /// Marks around nothing would be marks themselves.
    private func marked(_ text: String, _ mark: String) -> String {
        text.allSatisfy(\.isWhitespace) ? text : "\(mark)\(text)\(mark)"
    }
}
