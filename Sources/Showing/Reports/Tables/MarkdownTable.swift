extension Table {
    /// A pipe table of GitHub Flavored Markdown, notes on missing values and footnotes below it.
    func markdownText() -> String {
        let (cells, notes) = readableCells(escape: markdownEscaped, strong: { $0.isEmpty ? "" : "**\($0)**" })

        func line(_ texts: [String]) -> String { "| \(texts.joined(separator: " | ")) |\n" }

        var text = line(columns.map { markdownEscaped($0.name) })
        text += line(alignments().map { $0 == .left ? ":---" : "---:" })
        for row in cells { text += line(row) }
        for (index, note) in notes.enumerated() { text += "\n(\(index + 1)) \(note)\n" }
        for footnote in footnotes { text += "\n\(markdownEscaped(footnote))\n" }
        return text
    }
}
