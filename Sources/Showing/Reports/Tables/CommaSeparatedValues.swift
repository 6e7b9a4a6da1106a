import Diagnostics

extension Table {
    /// RFC 4180 with a header line; reals with all digits. A missing value is an empty field, an empty text is `""`.
    ///
    /// A text has its characters, but for those that command a terminal, which are spelt out (`withVisibleControls`;
    /// line breaks stay, quoted). One that begins with `=`, `+`, `-` or `@` gets no apostrophe before it: a program
    /// would read another value than there is, and the text of a sign (`-`) or a difference is no formula. A
    /// spreadsheet that runs formulas from a file has to be told to import texts as texts.
    func commaSeparatedValues() -> String {
        var text = record(columns.map { field($0.name) })
        for row in rows {
            text += record(
                row.map { cell in
                    switch cell.presentable {
                    case .text(let text), .strong(let text): field(text)
                    case .integer(let number): number.description
                    case .real(let number): number.description
                    case .missing: ""
                    }
                })
        }
        return text
    }

    private func record(_ fields: [String]) -> String {
        // Readers skip a blank line, so a lone missing value has to be written as an empty text.
        let fields = fields == [""] ? ["\"\""] : fields
        return fields.joined(separator: ",") + "\r\n"
    }

    private func field(_ text: String) -> String {
        let text = text.split(separator: "\r\n" as Character, omittingEmptySubsequences: false)
            .map { String($0).withVisibleControls }.joined(separator: "\r\n")
        let needsQuotes = text.isEmpty || text.unicodeScalars.contains { "\",\r\n".unicodeScalars.contains($0) }
        guard needsQuotes else { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" { quoted.unicodeScalars.append(scalar) }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}
