extension RestrictionCondition {
    /// The one spelling: keywords in capitals, a space around operators, no parentheses but those that are needed.
    var text: String {
        switch self {
        case .all(let parts): parts.map { $0.isDisjunction ? "(\($0.text))" : $0.text }.joined(separator: " AND ")
        case .any(let parts): parts.map(\.text).joined(separator: " OR ")
        case .not(let part): part.isJoined ? "NOT (\(part.text))" : "NOT \(part.text)"
        case .comparison(let left, let comparison, let right): "\(left.text) \(comparison.rawValue) \(right.text)"
        case .membership(let term, let list, let isNegated):
            "\(term.text)\(isNegated ? " NOT" : "") IN (\(list.map(\.text).joined(separator: ", ")))"
        case .range(let term, let low, let high, let isNegated):
            "\(term.text)\(isNegated ? " NOT" : "") BETWEEN \(low.text) AND \(high.text)"
        case .missing(let term, let isNegated): "\(term.text) IS\(isNegated ? " NOT" : "") NULL"
        }
    }

    private var isDisjunction: Bool { if case .any = self { true } else { false } }

    private var isJoined: Bool {
        switch self {
        case .all, .any: true
        case .not, .comparison, .membership, .range, .missing: false
        }
    }
}

extension RestrictionTerm {
    /// The one spelling; numbers by the fewest digits that read as the same.
    var text: String {
        switch kind {
        case .column(let name): Self.columnText(name)
        case .literal(let value): value.text
        case .negative(let term): term.isAtom ? "-\(term.text)" : "-(\(term.text))"
        case .sum(let first, let rest):
            rest.reduce(first.text) {
                "\($0) \($1.isSubtracted ? "-" : "+") \($1.term.isSum ? "(\($1.term.text))" : $1.term.text)"
            }
        case .product(let first, let rest):
            rest.reduce(first.isSum ? "(\(first.text))" : first.text) {
                "\($0) \($1.isDivided ? "/" : "*") \($1.term.isCompound ? "(\($1.term.text))" : $1.term.text)"
            }
        }
    }

    /// Bare where it reads as a column, else between double quotes.
    private static func columnText(_ name: String) -> String {
        if let tokens = try? RestrictionToken.all(in: name), tokens.count == 2, case .name(name) = tokens[0].kind,
            tokens[0].text == name
        {
            return name
        }
        return "\"\(name.replacing("\"", with: "\"\""))\""
    }

    private var isSum: Bool { if case .sum = kind { true } else { false } }

    private var isCompound: Bool {
        switch kind {
        case .sum, .product: true
        case .column, .literal, .negative: false
        }
    }

    private var isAtom: Bool {
        switch kind {
        case .column: true
        case .literal(let value): !value.text.hasPrefix("-")
        case .sum, .product, .negative: false
        }
    }
}

extension RestrictionValue {
    /// As it reads again.
    fileprivate var text: String {
        switch self {
        case .integer(let number): number.description
        case .real(let number):
            number.magnitude <= 0x1p53 ? Int64(exactly: number)?.description ?? number.description : number.description
        case .word(let word): "'\(word.replacing("'", with: "''"))'"
        }
    }
}
