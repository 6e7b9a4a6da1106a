import Diagnostics

/// `text` with what Markdown would read as markup escaped, so that it shows literally, in a table cell too.
///
/// Line breaks become `<br>`, other characters that command a reader are spelt out (`withVisibleControls`). An
/// underscore inside a word, as in `pair_proxy`, is no markup and stays, and so does a number sign that no space stands
/// before.
/// - Complexity: O(length).
public func markdownEscaped(_ text: String) -> String { markdownEscaped(text, lineBreak: "<br>") }

/// The same for what has to stay on one line without a mark for the breaks: a heading, the words of a picture.
func markdownLine(_ text: String) -> String { markdownEscaped(text, lineBreak: " ") }

private func markdownEscaped(_ text: String, lineBreak: String) -> String {
    let broken = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    let scalars = Array(broken.withVisibleControls.unicodeScalars)
    var escaped = ""
    for (index, scalar) in scalars.enumerated() {
        switch scalar {
        case "\n": escaped += lineBreak
        case "\t": escaped += " "
        case "\\", "|", "`", "*", "[", "]", "<", "~", "&", "$":
            escaped.unicodeScalars.append("\\")
            escaped.unicodeScalars.append(scalar)
        case "_":
            let insideWord =
                index > 0 && isWord(scalars[index - 1])
                && index + 1 < scalars.count && isWord(scalars[index + 1])
            escaped += insideWord ? "_" : "\\_"
        // Number signs at a heading's end are no part of it.
        case "#": escaped += index > 0 && scalars[index - 1] != " " && scalars[index - 1] != "#" ? "#" : "\\#"
        default: escaped.unicodeScalars.append(scalar)
        }
    }
    return escaped
}

private func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil
}

/// A paragraph or list item as it may begin: what would make another block of it, as the hyphen of a list or the spaces
/// of code, is escaped or left out.
///
/// - Parameter markdown: otherwise escaped already.
func markdownBlock(_ markdown: String) -> String {
    let text = markdown.drop { $0 == " " }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let rest = text.dropFirst(digits.count)
    if !digits.isEmpty, let mark = rest.first, ".)".contains(mark), rest.dropFirst().first ?? " " == " " {
        return "\(digits)\\\(rest)"
    }
    guard let first = text.first, "-+=>".contains(first) else { return String(text) }
    return "\\" + text
}

/// `text` between back ticks: as many as it takes for those inside to be text, all on one line.
func markdownCode(_ text: String) -> String {
    let line = text.replacing("\n", with: " ").withVisibleControlsOnOneLine
    var longest = 0
    var run = 0
    for character in line {
        run = character == "`" ? run + 1 : 0
        longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    // Spaces at both ends are left out by readers, where there is something else.
    let needsSpace = longest > 0 || line.isEmpty
    return needsSpace ? "\(fence) \(line) \(fence)" : "\(fence)\(line)\(fence)"
}

/// A link, or its text alone where the target is none that a reader of a report should follow: only `http` and `https`,
/// a heading of the report and a file beside it are.
func markdownLink(_ text: String, to target: String) -> String {
    let words = markdownLine(text)
    guard let address = linkAddress(target) else { return words }
    return "[\(words)](\(address))"
}

/// The target with all percent-encoded that could end it; nil for one that is not followed.
func linkAddress(_ target: String) -> String? {
    let scheme = target.prefix { $0 != ":" && $0 != "/" && $0 != "#" && $0 != "?" }
    let hasScheme = scheme.count < target.count && target[scheme.endIndex] == ":"
    if hasScheme, !["http", "https"].contains(scheme.lowercased()) { return nil }
    // A path from the root is another host's or machine's.
    guard !target.isEmpty, !target.hasPrefix("/"), !target.hasPrefix("\\") else { return nil }
    return percentEncoded(target, keeping: "-._~:/?#@!$&'*+,;=%")
}

/// `text` with everything percent-encoded but letters, digits and `kept`; letters of other scripts stay.
func percentEncoded(_ text: String, keeping kept: String) -> String {
    var encoded = ""
    for character in text {
        let isKept =
            character.unicodeScalars.allSatisfy { !$0.isASCII }
            ? character.isLetter || character.isNumber
            : character.isASCII && (character.isLetter || character.isNumber || kept.contains(character))
        if isKept {
            encoded.append(character)
        } else {
            for byte in String(character).utf8 {
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += "%" + (digits.count < 2 ? "0" : "") + digits
            }
        }
    }
    return encoded
}
