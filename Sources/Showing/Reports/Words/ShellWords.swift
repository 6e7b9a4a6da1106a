extension String {
    /// This text as one word of a shell's command line, which a reader may copy: as it is where no shell reads more
    /// than text in it, otherwise quoted.
    package var shellWord: String {
        let isPlain = allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.,/:=+@%".contains($0)) }
        return isPlain && !isEmpty && !hasPrefix("-") ? self : "'\(replacing("'", with: "'\\''"))'"
    }

    /// This text between double quotes for a shell, in which it expands nothing.
    var shellQuoted: String {
        var quoted = "\""
        for character in self {
            if "\"\\$`".contains(character) { quoted.append("\\") }
            quoted.append(character)
        }
        // An interactive shell replaces exclamation marks even there.
        return contains("!") ? shellWord : quoted + "\""
    }

    /// The query of a view's rows about these studies.
    static func query(_ columns: String, from view: String, of studies: [String], where condition: String? = nil)
        -> String
    {
        let names = studies.map(\.sqlText).joined(separator: ", ")
        let chosen = studies.count == 1 ? "study = \(names)" : "study IN (\(names))"
        return "SELECT \(columns) FROM \(view) WHERE \(chosen)\(condition.map { " AND \($0)" } ?? "")"
    }

    /// This text as a literal of SQL.
    var sqlText: String { "'\(replacing("'", with: "''"))'" }
}
