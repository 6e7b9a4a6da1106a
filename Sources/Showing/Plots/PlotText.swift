import Typography

/// Estimates of how wide text will be, which a picture needs before anyone draws it.
///
/// Which sans-serif font draws it is unknown; the widths are those of DejaVu Sans, wider than Helvetica, Arial and
/// the system fonts, so that text has room in all of them.
enum PlotText {
    /// Pixels that `text` takes at a font size in pixels.
    static func width(_ text: String, size: Double, bold: Bool = false) -> Double {
        let ems = text.reduce(0) { $0 + emWidth($1) }
        return ems * size * (bold ? 1.1 : 1)
    }

    /// `text`, with its middle left out if it takes more than `width` pixels: both ends of a name tell it apart.
    static func shortened(_ text: String, to width: Double, size: Double, bold: Bool = false) -> String {
        guard Self.width(text, size: size, bold: bold) > width else { return text }
        var head = Array(text.prefix(text.count / 2))
        var tail = Array(text.dropFirst(text.count / 2))
        while !(head.isEmpty && tail.isEmpty) {
            let candidate = String(head) + "…" + String(tail)
            if Self.width(candidate, size: size, bold: bold) <= width { return candidate }
            if head.count >= tail.count { head.removeLast() } else { tail.removeFirst() }
        }
        return "…"
    }

    /// `text` broken at spaces into lines of at most `width` pixels; a longer word is shortened.
    static func wrapped(_ text: String, to width: Double, size: Double, bold: Bool = false) -> [String] {
        var lines: [String] = []
        for word in text.split(whereSeparator: \.isWhitespace) {
            let word = shortened(String(word), to: width, size: size, bold: bold)
            if let last = lines.last, Self.width("\(last) \(word)", size: size, bold: bold) <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(word)
            }
        }
        return lines
    }

    private static func emWidth(_ character: Character) -> Double {
        switch character {
        case "i", "j", "l", "I", "'", "|": 0.3
        case " ", ".", ",", ":", ";", "!": 0.33
        case "f", "r", "t", "(", ")", "[", "]", "-", "/", "\\", "\"": 0.41
        case "m", "M", "W", "%", "@", "…": 1
        case "w", "−", "+", "=", "<", ">", "×", "–", "&", "#", "~": 0.84
        case "_": 0.5
        case "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁻": 0.42
        case "A"..."Z": 0.76
        default: displayWidth(String(character)) > 1 ? 1.1 : 0.64
        }
    }
}
