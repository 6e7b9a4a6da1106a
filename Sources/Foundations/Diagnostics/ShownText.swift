extension String {
    /// This text as it is safe to show to a person, whoever wrote it: what could command a terminal, hide text or turn
    /// its order around is spelt out, as `\u{1B}`. Line feeds and tabs stay.
    ///
    /// Spelt out are control characters (C0, DEL and C1), Unicode's separators of lines and paragraphs, the characters
    /// that embed, override or isolate a direction of writing (UAX #9, U+202A to U+202E and U+2066 to U+2069), and
    /// those that Unicode says are none (U+FFFE and its like).
    /// - Complexity: O(length).
    public var withVisibleControls: String { spellingOut { $0 != "\n" && $0 != "\t" && $0.commandsItsReader } }

    /// The same with line feeds and tabs spelt out too (`\n`, `\t`), for text that has to stay on its line.
    /// - Complexity: O(length).
    public var withVisibleControlsOnOneLine: String { spellingOut(\.commandsItsReader) }

    private func spellingOut(_ isSpeltOut: (Unicode.Scalar) -> Bool) -> String {
        guard unicodeScalars.contains(where: isSpeltOut) else { return self }
        var shown = ""
        for scalar in unicodeScalars {
            if isSpeltOut(scalar) {
                shown += scalar.escaped(asASCII: true)
            } else {
                shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }
}

extension Unicode.Scalar {
    /// Whether whatever shows it may do something else than draw a character.
    ///
    /// True of those that `String.withVisibleControlsOnOneLine` spells out, line feeds and tabs among them.
    public var commandsItsReader: Bool {
        switch value {
        case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069, 0xFDD0...0xFDEF: true
        default: value & 0xFFFE == 0xFFFE
        }
    }
}
