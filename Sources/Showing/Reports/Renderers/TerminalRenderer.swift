import Diagnostics
import Typography

/// Plain text for a terminal: lines of at most `width` cells but for tables and commands, pictures by their words.
struct TerminalRenderer: ReportRenderer {
    let name = "terminal"
    let summary = "prints the text"
    let fileName: String? = nil
    private let width = 100

    func render(_ report: Report) -> String {
        report.blocks.filter { !$0.isNetworks }.map(text).joined(separator: "\n")
    }

    /// Ends in a line break.
    private func text(_ block: Block) -> String {
        switch block {
        case .heading(let heading): underlined(heading)
        case .paragraph(let prose), .note(let prose): wrapped(text(prose))
        case .list(let items): items.map { wrapped(text($0), first: "- ", rest: "  ") }.joined()
        case .table(let table): table.render(.table)
        case .picture(let picture): text(picture)
        case .gallery(let pictures): pictures.map(text).joined()
        case .command(let lines): lines.map { "    \($0.withVisibleControlsOnOneLine)\n" }.joined()
        case .folded(let summary, let blocks):
            ([wrapped(text(summary))] + blocks.map(text)).joined(separator: "\n")
        case .networks: ""
        }
    }

    private func text(_ picture: Illustration) -> String {
        wrapped("[picture: \(picture.alternativeText.withVisibleControlsOnOneLine)]")
    }

    private func underlined(_ heading: Heading) -> String {
        let title = text(heading.text)
        guard heading.level < 3 else { return title + "\n" }
        return "\(title)\n\(String(repeating: heading.level == 1 ? "=" : "-", count: displayWidth(title)))\n"
    }

    private func text(_ prose: Prose) -> String {
        prose.inlines.map { inline in
            switch inline {
            case .text(let text), .authored(let text), .code(let text), .emphasis(let text), .strong(let text):
                text.withVisibleControlsOnOneLine
            case .link(let text, let target):
                (target.hasPrefix("#") ? text : "\(text) (\(target))").withVisibleControlsOnOneLine
            case .lineBreak: " "
            }
        }.joined()
    }

    /// Broken at spaces; a word that is longer than a line has one of its own.
    private func wrapped(_ text: String, first: String = "", rest: String = "") -> String {
        var lines: [String] = []
        var line = first
        var isEmpty = true
        for word in text.split(separator: " ") {
            if !isEmpty, displayWidth(line) + 1 + displayWidth(String(word)) > width {
                lines.append(line)
                (line, isEmpty) = (rest, true)
            }
            line += isEmpty ? String(word) : " \(word)"
            isEmpty = false
        }
        return (lines + [line]).map { $0 + "\n" }.joined()
    }
}
