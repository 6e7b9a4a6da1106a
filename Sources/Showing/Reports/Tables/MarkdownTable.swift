extension Table {
    /// A pipe table of GitHub Flavored Markdown, notes on missing values below it.
    func markdownText() -> String {
        let (cells, notes) = readableCells(escape: markdownEscaped, strong: { "**\($0)**" })

        func line(_ texts: [String]) -> String { "| \(texts.joined(separator: " | ")) |\n" }

        var text = line(columns.map { markdownEscaped($0.name) })
        text += line(alignments().map { $0 == .left ? ":---" : "---:" })
        for row in cells { text += line(row) }
        for (index, note) in notes.enumerated() { text += "\n(\(index + 1)) \(note)\n" }
        return text
    }
}

/// `text` with what Markdown would read as markup escaped, so that it shows literally, in a table cell too.
///
/// Line breaks become `<br>`. An underscore inside a word, as in `pair_proxy`, is no markup and stays.
public func markdownEscaped(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var escaped = ""
    for (index, scalar) in scalars.enumerated() {
        switch scalar {
        case "\n": escaped += "<br>"
        case "\r": if index + 1 == scalars.count || scalars[index + 1] != "\n" { escaped += "<br>" }
        case "\\", "|", "`", "*", "[", "]", "<", "~", "&", "$":
            escaped.unicodeScalars.append("\\")
            escaped.unicodeScalars.append(scalar)
        case "_":
            let insideWord =
                index > 0 && isWord(scalars[index - 1])
                && index + 1 < scalars.count && isWord(scalars[index + 1])
            escaped += insideWord ? "_" : "\\_"
        default: escaped.unicodeScalars.append(scalar)
        }
    }
    return escaped
}

private func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil
}
