/// A word of a restriction, and where it stands.
struct RestrictionToken: Sendable {
    enum Kind: Sendable {
        /// A column; one between double quotes may be called like a keyword.
        case name(String)
        case keyword(Keyword)
        case literal(RestrictionValue)
        case symbol(String)
        case end
    }

    enum Keyword: String, Sendable {
        case and = "AND"
        case or = "OR"
        case not = "NOT"
        case `in` = "IN"
        case between = "BETWEEN"
        case `is` = "IS"
        case null = "NULL"
    }

    let kind: Kind
    /// The character at which it begins, from 1.
    let place: Int
    /// As it was written.
    let text: String

    /// The words of a text, the last one its end.
    ///
    /// Characters are Unicode's scalars: a combining mark behind a quote is not part of it.
    static func all(in text: String) throws(UnreadableRestriction) -> [RestrictionToken] {
        var reader = Reader(scalars: Array(text.unicodeScalars))
        var tokens: [RestrictionToken] = []
        while let token = try reader.next() { tokens.append(token) }
        tokens.append(RestrictionToken(kind: .end, place: reader.scalars.count + 1, text: ""))
        return tokens
    }
}

extension Unicode.Scalar {
    fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
    fileprivate var beginsName: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) || self == "_" }
    fileprivate var continuesName: Bool { beginsName || isDigit || self == "." }
    fileprivate var isBlank: Bool { " \t\r\n".unicodeScalars.contains(self) }
}

private struct Reader {
    let scalars: [Unicode.Scalar]
    private var index = 0

    init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

    /// Longer ones before those that they begin with.
    private static let symbols = ["==", "!=", "<>", "<=", ">=", "=", "<", ">", "(", ")", ",", "+", "-", "*", "/"]

    /// What a person may have meant by a character that says nothing here.
    private static let meant: [Unicode.Scalar: String] = [
        "≤": "<=", "≥": ">=", "≠": "<>", "−": "-", "–": "-", "×": "*", "‘": "'", "’": "'", "“": "\"", "”": "\"",
        "`": "\"", "&": "AND", "|": "OR", "!": "NOT",
    ]

    private func scalar(_ offset: Int = 0) -> Unicode.Scalar? {
        index + offset < scalars.count ? scalars[index + offset] : nil
    }

    /// Nil at the end.
    mutating func next() throws(UnreadableRestriction) -> RestrictionToken? {
        while let blank = scalar(), blank.isBlank { index += 1 }
        guard let first = scalar() else { return nil }
        let start = index
        let kind: RestrictionToken.Kind
        if first.isDigit || first == "." && scalar(1)?.isDigit == true {
            kind = .literal(try number())
        } else if first.beginsName {
            let name = run(while: \.continuesName)
            kind = RestrictionToken.Keyword(rawValue: name.uppercased()).map { .keyword($0) } ?? .name(name)
        } else if first == "'" {
            kind = .literal(.word(try quoted()))
        } else if first == "\"" {
            kind = .name(try quoted())
        } else {
            kind = .symbol(try symbol(first))
        }
        return RestrictionToken(kind: kind, place: start + 1, text: text(from: start))
    }

    private func text(from start: Int) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[start..<index])
        return String(text)
    }

    private mutating func run(while belongs: (Unicode.Scalar) -> Bool) -> String {
        let start = index
        while let next = scalar(), belongs(next) { index += 1 }
        return text(from: start)
    }

    /// What stands between two quotes; two within are one.
    private mutating func quoted() throws(UnreadableRestriction) -> String {
        let (start, quote) = (index, scalars[index])
        index += 1
        var content = String.UnicodeScalarView()
        while let next = scalar() {
            index += 1
            if next == quote {
                guard scalar() == quote else { return String(content) }
                index += 1
            }
            content.append(next)
        }
        throw UnreadableRestriction(.unclosedQuote(Character(quote)), at: start + 1)
    }

    /// Digits with a fraction and an exponent, and nothing that clings to them.
    private mutating func number() throws(UnreadableRestriction) -> RestrictionValue {
        let start = index
        var isWhole = true
        _ = run(while: \.isDigit)
        if scalar() == "." {
            isWhole = false
            index += 1
            _ = run(while: \.isDigit)
        }
        if scalar() == "e" || scalar() == "E" {
            let signs = scalar(1) == "+" || scalar(1) == "-" ? 1 : 0
            if scalar(1 + signs)?.isDigit == true {
                isWhole = false
                index += 1 + signs
                _ = run(while: \.isDigit)
            }
        }
        let digits = text(from: start)
        let rest = run(while: \.continuesName)
        guard rest.isEmpty, let real = Double(digits), real.isFinite else {
            throw UnreadableRestriction(.unreadableNumber(digits + rest), at: start + 1)
        }
        // As SQLite: whole numbers that do not fit are reals.
        return isWhole ? Int64(digits).map { .integer($0) } ?? .real(real) : .real(real)
    }

    private mutating func symbol(_ first: Unicode.Scalar) throws(UnreadableRestriction) -> String {
        let two = first == "-" && scalar(1) == "-" ? "--" : first == "/" && scalar(1) == "*" ? "/*" : nil
        if let two { throw UnreadableRestriction(.comment(two), at: index + 1) }
        let found = Self.symbols.first { symbol in
            symbol.unicodeScalars.enumerated().allSatisfy { scalar($0) == $1 }
        }
        guard let found else {
            throw UnreadableRestriction(.unexpectedCharacter(first, meant: Self.meant[first]), at: index + 1)
        }
        index += found.unicodeScalars.count
        return found
    }
}
