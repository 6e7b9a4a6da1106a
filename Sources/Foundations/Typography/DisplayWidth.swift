/// The number of terminal cells that `text` takes: two for East Asian wide characters and emoji, none for marks.
///
/// The C library's `wcwidth` would depend on the locale.
public func displayWidth(_ text: String) -> Int {
    text.reduce(0) { $0 + displayWidth($1) }
}

/// `text` in at most so many cells: cut behind a character, with an ellipsis where something is missing.
public func shortened(_ text: String, toCells cells: Int) -> String {
    guard displayWidth(text) > cells else { return text }
    guard cells > 0 else { return "" }
    var (kept, width) = ("", 0)
    for character in text {
        width += displayWidth(character)
        guard width < cells else { break }
        kept.append(character)
    }
    return kept + "…"
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
