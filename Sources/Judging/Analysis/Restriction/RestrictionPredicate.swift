import Diagnostics

/// A restriction with its columns found: what it says of each row.
struct RestrictionPredicate {
    /// True, not true, or unknown (nil) of a row.
    typealias Truth = (Int) -> Bool?
    private typealias Value = (Int) -> RestrictionValue?

    /// Of a row of the columns.
    let truth: Truth

    /// - Throws: `UnusableRestriction` for a column that is not there, and where a number is compared with a word.
    /// - Complexity: O(rows) a column that is named; asking of a row is linear in the condition.
    init(_ restriction: Restriction, over columns: RestrictionColumns) throws(UnusableRestriction) {
        var compiler = Compiler(columns: columns)
        truth = try compiler.truth(restriction.condition)
    }

    private struct Operand {
        let isNumeric: Bool
        let value: Value
        let term: RestrictionTerm
    }

    private struct Compiler {
        let columns: RestrictionColumns
        private var found: [String: RestrictionColumns.Column] = [:]

        init(columns: RestrictionColumns) { self.columns = columns }

        mutating func truth(_ condition: RestrictionCondition) throws(UnusableRestriction) -> Truth {
            switch condition {
            case .all(let parts):
                let truths = try truths(parts)
                return { row in RestrictionPredicate.conjunction(truths.lazy.map { $0(row) }) }
            case .any(let parts):
                let truths = try truths(parts)
                return { row in RestrictionPredicate.conjunction(truths.lazy.map { $0(row).map(!) }).map(!) }
            case .not(let part):
                let truth = try truth(part)
                return { truth($0).map(!) }
            case .comparison(let left, let comparison, let right):
                return try truth(try operand(left), comparison, try operand(right))
            case .membership(let term, let list, let isNegated):
                let first = try operand(term)
                var truths: [Truth] = []
                for other in list { truths.append(try truth(first, .unequal, try operand(other))) }
                let none: Truth = { row in RestrictionPredicate.conjunction(truths.lazy.map { $0(row) }) }
                return isNegated ? none : { none($0).map(!) }
            case .range(let term, let low, let high, let isNegated):
                let first = try operand(term)
                let above = try truth(first, .greaterOrEqual, try operand(low))
                let below = try truth(first, .lessOrEqual, try operand(high))
                let within: Truth = { row in RestrictionPredicate.conjunction([above(row), below(row)]) }
                return isNegated ? { within($0).map(!) } : within
            case .missing(let term, let isNegated):
                let value = try operand(term).value
                return { (value($0) == nil) != isNegated }
            }
        }

        private mutating func truths(_ parts: [RestrictionCondition]) throws(UnusableRestriction) -> [Truth] {
            var truths: [Truth] = []
            for part in parts { truths.append(try truth(part)) }
            return truths
        }

        private func truth(
            _ left: Operand, _ comparison: RestrictionComparison, _ right: Operand
        ) throws(UnusableRestriction) -> Truth {
            guard left.isNumeric == right.isNumeric else { throw mismatch(left, right) }
            let (first, second) = (left.value, right.value)
            return { row in
                guard let left = first(row), let right = second(row) else { return nil }
                return comparison.holds(left.order(to: right))
            }
        }

        private func mismatch(_ left: Operand, _ right: Operand) -> UnusableRestriction {
            let (number, word) = left.isNumeric ? (left, right) : (right, left)
            var hint: String?
            switch (number.term.kind, word.term.kind) {
            case (.column, .literal(.word(let text))) where Double(text) != nil: hint = "Write \(text) without quotes."
            case (.literal, .column): hint = "Write '\(number.term.text)' in quotes."
            default: break
            }
            return UnusableRestriction(
                study: columns.study,
                problem: .numberAndWord(number: number.term.text, word: word.term.text, hint: hint),
                place: right.term.place)
        }

        // MARK: Terms

        private mutating func operand(_ term: RestrictionTerm) throws(UnusableRestriction) -> Operand {
            switch term.kind {
            case .column(let name):
                let column = try column(name, at: term.place)
                let values = column.values
                return Operand(isNumeric: column.isNumeric, value: { values[$0] }, term: term)
            case .literal(let literal):
                return Operand(isNumeric: literal.isNumber, value: { _ in literal }, term: term)
            case .negative(let inner):
                let number = try number(inner)
                return Self.numeric(term) { number($0).map { -$0 } }
            case .sum(let first, let rest):
                let start = try number(first)
                var others: [(isSubtracted: Bool, number: (Int) -> Double?)] = []
                for (isSubtracted, term) in rest { others.append((isSubtracted, try number(term))) }
                return Self.numeric(term) { row in
                    guard var sum = start(row) else { return nil }
                    for other in others {
                        guard let number = other.number(row) else { return nil }
                        sum += other.isSubtracted ? -number : number
                    }
                    return sum
                }
            case .product(let first, let rest):
                let start = try number(first)
                var others: [(isDivided: Bool, number: (Int) -> Double?)] = []
                for (isDivided, term) in rest { others.append((isDivided, try number(term))) }
                return Self.numeric(term) { row in
                    guard var product = start(row) else { return nil }
                    for other in others {
                        guard let number = other.number(row), !(other.isDivided && number == 0) else { return nil }
                        if other.isDivided { product /= number } else { product *= number }
                    }
                    return product
                }
            }
        }

        private static func numeric(_ term: RestrictionTerm, _ number: @escaping (Int) -> Double?) -> Operand {
            Operand(
                isNumeric: true, value: { row in number(row).flatMap { $0.isNaN ? nil : .real($0) } }, term: term)
        }

        private mutating func number(_ term: RestrictionTerm) throws(UnusableRestriction) -> (Int) -> Double? {
            let operand = try operand(term)
            guard operand.isNumeric else {
                throw UnusableRestriction(study: columns.study, problem: .wordInSum(term.text), place: term.place)
            }
            let value = operand.value
            return { value($0)?.number }
        }

        private mutating func column(
            _ name: String, at place: Int
        ) throws(UnusableRestriction) -> RestrictionColumns.Column {
            if let known = found[name] { return known }
            guard let column = columns[name] else {
                throw UnusableRestriction(
                    study: columns.study, problem: .unknownColumn(name, hint: columns.hint(for: name)), place: place)
            }
            found[name] = column
            return column
        }
    }

    /// SQL's AND: not true where one is not, else unknown where one is.
    private static func conjunction(_ truths: some Sequence<Bool?>) -> Bool? {
        var isKnown = true
        for truth in truths {
            guard let truth else {
                isKnown = false
                continue
            }
            if !truth { return false }
        }
        return isKnown ? true : nil
    }
}

extension RestrictionComparison {
    /// - Parameter order: of the left value to the right one, as `RestrictionValue.order`.
    fileprivate func holds(_ order: Int) -> Bool {
        switch self {
        case .equal: order == 0
        case .unequal: order != 0
        case .less: order < 0
        case .lessOrEqual: order <= 0
        case .greater: order > 0
        case .greaterOrEqual: order >= 0
        }
    }
}

extension Restriction {
    /// Sentences on words that it asks a column for and that the column does not have.
    func hints(over columns: RestrictionColumns) -> [String] {
        var hints: [String] = []
        condition.forEachEquality { name, word in
            guard let column = columns[name], !column.isNumeric else { return }
            let known = column.values.reduce(into: [String]()) { known, value in
                if case .word(let word)? = value, !known.contains(word), known.count < 1000 { known.append(word) }
            }
            guard !known.isEmpty, known.count < 1000, !known.contains(word) else { return }
            let hint = "No \(name) is '\(word.shortened)'. \(suggestion(for: word, among: known))"
            if !hints.contains(hint), hints.count < 3 { hints.append(hint) }
        }
        return hints
    }
}

extension RestrictionCondition {
    /// Calls `body` with every column and word that have to be equal, or must not be.
    fileprivate func forEachEquality(_ body: (_ column: String, _ word: String) -> Void) {
        func pair(_ left: RestrictionTerm, _ right: RestrictionTerm) {
            if case .column(let name) = left.kind, case .literal(.word(let word)) = right.kind { body(name, word) }
        }
        switch self {
        case .all(let parts), .any(let parts): for part in parts { part.forEachEquality(body) }
        case .not(let part): part.forEachEquality(body)
        case .comparison(let left, .equal, let right):
            pair(left, right)
            pair(right, left)
        case .membership(let term, let list, isNegated: false): for other in list { pair(term, other) }
        case .comparison, .membership, .range, .missing: break
        }
    }
}
