/// Reads a restriction by recursive descent, with SQL's order of binding: OR, AND, NOT, comparisons, + and -, * and /,
/// signs.
///
/// A parenthesis may hold a condition or a term: what is in it says so when it is read, and nothing is read twice.
struct RestrictionParser {
    private enum Part {
        case condition(RestrictionCondition, place: Int)
        case term(RestrictionTerm)
    }

    private let tokens: [RestrictionToken]
    private var index = 0
    private var depth = 0

    /// - Precondition: the last token is the end.
    init(_ tokens: [RestrictionToken]) { self.tokens = tokens }

    private var token: RestrictionToken { tokens[index] }

    /// The whole condition.
    mutating func parse() throws(UnreadableRestriction) -> RestrictionCondition {
        if case .end = token.kind { throw UnreadableRestriction(.empty, at: nil) }
        let part = try disjunction()
        if case .end = token.kind { return try condition(part) }
        if isAt(")") { throw UnreadableRestriction(.unopenedParenthesis, at: token.place) }
        throw UnreadableRestriction(.missingOperator(before: token.text), at: token.place)
    }

    // MARK: Conditions

    private mutating func disjunction() throws(UnreadableRestriction) -> Part {
        let first = try conjunction()
        guard isAt(.or) else { return first }
        let place = Self.place(of: first)
        var parts = [try condition(first)]
        while take(.or) { parts.append(try condition(try conjunction())) }
        return .condition(.any(parts), place: place)
    }

    private mutating func conjunction() throws(UnreadableRestriction) -> Part {
        let first = try negation()
        guard isAt(.and) else { return first }
        let place = Self.place(of: first)
        var parts = [try condition(first)]
        while take(.and) { parts.append(try condition(try negation())) }
        return .condition(.all(parts), place: place)
    }

    private mutating func negation() throws(UnreadableRestriction) -> Part {
        let place = token.place
        var count = 0
        while take(.not) { count += 1 }
        guard count > 0 else { return try comparison() }
        try enter(count, at: place)
        var condition = try condition(try comparison())
        depth -= count
        for _ in 0..<count { condition = .not(condition) }
        return .condition(condition, place: place)
    }

    private mutating func comparison() throws(UnreadableRestriction) -> Part {
        let first = try sum()
        let place = Self.place(of: first)
        guard comparesNext else { return first }
        let found = try comparison(of: try term(first))
        if comparesNext { throw UnreadableRestriction(.chainedComparison(token.text), at: token.place) }
        return .condition(found, place: place)
    }

    private var comparesNext: Bool {
        switch token.kind {
        case .symbol(let symbol): RestrictionComparison(symbol: symbol) != nil
        case .keyword(let keyword): [.is, .in, .between, .not].contains(keyword)
        case .name, .literal, .end: false
        }
    }

    private mutating func comparison(
        of first: RestrictionTerm
    ) throws(UnreadableRestriction) -> RestrictionCondition {
        if case .symbol(let symbol) = token.kind, let comparison = RestrictionComparison(symbol: symbol) {
            index += 1
            return .comparison(first, comparison, try term(try sum()))
        }
        if take(.is) {
            let isNegated = take(.not)
            guard take(.null) else { throw UnreadableRestriction(.notNull(token.text), at: token.place) }
            return .missing(first, isNegated: isNegated)
        }
        let isNegated = take(.not)
        if take(.in) { return .membership(first, try list(), isNegated: isNegated) }
        guard take(.between) else { throw UnreadableRestriction(.lonelyNot(token.text), at: token.place) }
        let low = try term(try sum())
        guard take(.and) else { throw UnreadableRestriction(.betweenWithoutAnd(token.text), at: token.place) }
        return .range(first, low: low, high: try term(try sum()), isNegated: isNegated)
    }

    /// What IN chooses among.
    private mutating func list() throws(UnreadableRestriction) -> [RestrictionTerm] {
        let open = token.place
        guard take("(") else { throw UnreadableRestriction(.inWithoutList(token.text), at: token.place) }
        var terms: [RestrictionTerm] = []
        repeat { terms.append(try term(try sum())) } while take(",")
        guard take(")") else { throw unclosed(open) }
        return terms
    }

    // MARK: Terms

    private mutating func sum() throws(UnreadableRestriction) -> Part {
        let first = try product()
        guard isAt("+") || isAt("-") else { return first }
        let start = try term(first)
        var rest: [(isSubtracted: Bool, term: RestrictionTerm)] = []
        while isAt("+") || isAt("-") {
            let isSubtracted = take("-")
            if !isSubtracted { index += 1 }
            rest.append((isSubtracted, try term(try product())))
        }
        return .term(RestrictionTerm(kind: .sum(start, rest), place: start.place))
    }

    private mutating func product() throws(UnreadableRestriction) -> Part {
        let first = try signed()
        guard isAt("*") || isAt("/") else { return first }
        let start = try term(first)
        var rest: [(isDivided: Bool, term: RestrictionTerm)] = []
        while isAt("*") || isAt("/") {
            let isDivided = take("/")
            if !isDivided { index += 1 }
            rest.append((isDivided, try term(try signed())))
        }
        return .term(RestrictionTerm(kind: .product(start, rest), place: start.place))
    }

    private mutating func signed() throws(UnreadableRestriction) -> Part {
        let place = token.place
        var (isSigned, isNegative) = (false, false)
        while isAt("-") || isAt("+") {
            if isAt("-") { isNegative.toggle() }
            isSigned = true
            index += 1
        }
        guard isSigned else { return try primary() }
        let found = try term(try primary())
        guard isNegative else { return .term(found) }
        switch found.kind {
        // -(-2^63) fits no whole number.
        case .literal(.integer(let number)) where number != .min:
            return .term(RestrictionTerm(kind: .literal(.integer(-number)), place: place))
        case .literal(.real(let number)):
            return .term(RestrictionTerm(kind: .literal(.real(-number)), place: place))
        default: return .term(RestrictionTerm(kind: .negative(found), place: place))
        }
    }

    private mutating func primary() throws(UnreadableRestriction) -> Part {
        let start = token
        switch start.kind {
        case .name(let name):
            index += 1
            if isAt("("), !start.text.hasPrefix("\"") {
                throw UnreadableRestriction(.function(name), at: start.place)
            }
            return .term(RestrictionTerm(kind: .column(name), place: start.place))
        case .literal(let value):
            index += 1
            return .term(RestrictionTerm(kind: .literal(value), place: start.place))
        case .symbol("("):
            index += 1
            try enter(1, at: start.place)
            let inner = try disjunction()
            guard take(")") else { throw unclosed(start.place) }
            depth -= 1
            return inner
        case .keyword(.null): throw UnreadableRestriction(.null, at: start.place)
        case .keyword, .symbol, .end: throw UnreadableRestriction(.missingTerm(before: start.text), at: start.place)
        }
    }

    // MARK: Tokens

    private func isAt(_ symbol: String) -> Bool {
        if case .symbol(symbol) = token.kind { true } else { false }
    }

    private func isAt(_ keyword: RestrictionToken.Keyword) -> Bool {
        if case .keyword(keyword) = token.kind { true } else { false }
    }

    private mutating func take(_ symbol: String) -> Bool {
        guard isAt(symbol) else { return false }
        index += 1
        return true
    }

    private mutating func take(_ keyword: RestrictionToken.Keyword) -> Bool {
        guard isAt(keyword) else { return false }
        index += 1
        return true
    }

    /// - Throws: where more stands within each other than the stack is sure to bear.
    private mutating func enter(_ count: Int, at place: Int) throws(UnreadableRestriction) {
        depth += count
        guard depth <= Restriction.mostDepth else { throw UnreadableRestriction(.tooDeep, at: place) }
    }

    private func unclosed(_ open: Int) -> UnreadableRestriction {
        if case .end = token.kind { return UnreadableRestriction(.unclosedParenthesis, at: open) }
        return UnreadableRestriction(.missingOperator(before: token.text), at: token.place)
    }

    private func condition(_ part: Part) throws(UnreadableRestriction) -> RestrictionCondition {
        switch part {
        case .condition(let condition, _): return condition
        case .term(let term): throw UnreadableRestriction(.noComparison(term.text), at: term.place)
        }
    }

    private func term(_ part: Part) throws(UnreadableRestriction) -> RestrictionTerm {
        switch part {
        case .term(let term): return term
        case .condition(let condition, let place):
            throw UnreadableRestriction(.conditionAsTerm(condition.text), at: place)
        }
    }

    private static func place(of part: Part) -> Int {
        switch part {
        case .condition(_, let place): place
        case .term(let term): term.place
        }
    }
}
