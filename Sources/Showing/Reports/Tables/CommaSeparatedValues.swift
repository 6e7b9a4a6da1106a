extension Table {
    /// RFC 4180 with a header line; reals with all digits. A missing value is an empty field, an empty text is `""`.
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
