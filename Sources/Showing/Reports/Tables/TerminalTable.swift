extension Table {
    /// Columns padded to equal width, two spaces apart, a rule under the header, notes on missing values below.
    func terminalText() -> String {
        let (cells, notes) = readableCells(escape: visibleControls)
        let header = columns.map { visibleControls($0.name) }
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
        if !notes.isEmpty { text += "\n" }
        for (index, note) in notes.enumerated() { text += "(\(index + 1)) \(note)\n" }
        return text
    }
}

/// `text` with control characters spelt out, so that a cell can neither break its line nor command the terminal.
private func visibleControls(_ text: String) -> String {
    var visible = ""
    for scalar in text.unicodeScalars {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator:
            visible += scalar.escaped(asASCII: true)
        default:
            visible.unicodeScalars.append(scalar)
        }
    }
    return visible
}

/// The number of terminal cells that `text` takes: two for East Asian wide characters and emoji, none for marks.
///
/// The C library's `wcwidth` would depend on the locale.
func displayWidth(_ text: String) -> Int {
    text.reduce(0) { $0 + displayWidth($1) }
}

private func displayWidth(_ character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    let asksForEmoji = character.unicodeScalars.contains { $0.value == 0xFE0F }
    if first.properties.isEmojiPresentation || asksForEmoji && first.properties.isEmoji { return 2 }
    return wideScalars.contains { $0.contains(first.value) } ? 2 : 1
}

/// Blocks of Unicode's East Asian Width classes W and F (UAX #11), emoji aside.
private let wideScalars: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF,
    0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF,
    0x20000...0x3FFFD,
]
