import Diagnostics
import Typography

extension Table {
    /// Columns padded to equal width, two spaces apart, a rule under the header, notes on missing values and footnotes
    /// below.
    func terminalText() -> String {
        let (cells, notes) = readableCells(escape: \.withVisibleControlsOnOneLine)
        let header = columns.map { $0.name.withVisibleControlsOnOneLine }
        let widths = columns.indices.map { index in
            cells.reduce(displayWidth(header[index])) { max($0, displayWidth($1[index])) }
        }
        let alignments = alignments()

        func line(_ texts: [String]) -> String {
            let padded = texts.indices.map { index in
                let padding = String(repeating: " ", count: widths[index] - displayWidth(texts[index]))
                return alignments[index] == .left ? texts[index] + padding : padding + texts[index]
            }
            let joined = padded.joined(separator: "  ")
            return String(joined.reversed().drop { $0 == " " }.reversed()) + "\n"
        }

        var text = line(header) + line(widths.map { String(repeating: "-", count: $0) })
        for row in cells { text += line(row) }
        if !notes.isEmpty || !footnotes.isEmpty { text += "\n" }
        for (index, note) in notes.enumerated() { text += "(\(index + 1)) \(note)\n" }
        for footnote in footnotes { text += "\(footnote.withVisibleControlsOnOneLine)\n" }
        return text
    }
}
