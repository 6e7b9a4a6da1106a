import Diagnostics

extension Table {
    /// An array of objects, one a line, keys in the order of the columns (Foundation's encoder would not keep it).
    ///
    /// Reals have the digits that read back as the same number; what is missing or not finite is null. A column name
    /// that occurs again, as a query may give it, gets a suffix: `count`, `count_2`.
    func jsonText() -> String {
        guard !rows.isEmpty else { return "[]\n" }
        let keys = distinctNames().map(jsonString)
        let objects = rows.map { row in
            let members = zip(keys, row).map { key, cell in
                switch cell.presentable {
                case .text(let text), .strong(let text): "\(key): \(jsonString(text))"
                case .integer(let number): "\(key): \(number)"
                case .real(let number): "\(key): \(number)"
                case .missing: "\(key): null"
                }
            }
            return "  {\(members.joined(separator: ", "))}"
        }
        return "[\n\(objects.joined(separator: ",\n"))\n]\n"
    }

    private func distinctNames() -> [String] {
        var taken = Set(columns.map(\.name))
        var seen: Set<String> = []
        return columns.map { column in
            guard !seen.insert(column.name).inserted else { return column.name }
            var count = 2
            while !taken.insert("\(column.name)_\(count)").inserted { count += 1 }
            return "\(column.name)_\(count)"
        }
    }
}

/// `text` as a JSON string literal (RFC 8259), characters beyond ASCII kept as they are.
func jsonString(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": literal += "\\\""
        case "\\": literal += "\\\\"
        case "\n": literal += "\\n"
        case "\r": literal += "\\r"
        case "\t": literal += "\\t"
        // JSON has an escape of its own for what could command a terminal: a parser gets the character back.
        case _ where scalar.commandsItsReader:
            for unit in String(scalar).utf16 {
                let digits = String(unit, radix: 16)
                literal += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        default: literal.unicodeScalars.append(scalar)
        }
    }
    return literal + "\""
}
