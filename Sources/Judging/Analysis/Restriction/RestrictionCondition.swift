/// What is true of a network, not true of it, or unknown.
indirect enum RestrictionCondition: Sendable {
    case all([RestrictionCondition])
    case any([RestrictionCondition])
    case not(RestrictionCondition)
    case comparison(RestrictionTerm, RestrictionComparison, RestrictionTerm)
    case membership(RestrictionTerm, [RestrictionTerm], isNegated: Bool)
    case range(RestrictionTerm, low: RestrictionTerm, high: RestrictionTerm, isNegated: Bool)
    /// `IS NULL`
    case missing(RestrictionTerm, isNegated: Bool)
}

/// A number or a word of a network, and where it stands.
struct RestrictionTerm: Sendable {
    indirect enum Kind: Sendable {
        case column(String)
        case literal(RestrictionValue)
        case negative(RestrictionTerm)
        /// From left to right; the first sign is +.
        case sum(RestrictionTerm, [(isSubtracted: Bool, term: RestrictionTerm)])
        case product(RestrictionTerm, [(isDivided: Bool, term: RestrictionTerm)])
    }

    let kind: Kind
    /// The character at which it begins, from 1.
    let place: Int
}

enum RestrictionComparison: String, Sendable {
    case equal = "="
    case unequal = "<>"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="

    /// Nil for a symbol that compares nothing.
    init?(symbol: String) {
        switch symbol {
        case "==": self = .equal
        case "!=": self = .unequal
        default: self.init(rawValue: symbol)
        }
    }
}

extension RestrictionCondition {
    /// Calls `body` with every term, those within others included, in the order of the text.
    func forEachTerm(_ body: (RestrictionTerm) -> Void) {
        switch self {
        case .all(let parts), .any(let parts): for part in parts { part.forEachTerm(body) }
        case .not(let part): part.forEachTerm(body)
        case .comparison(let left, _, let right): for term in [left, right] { term.forEachTerm(body) }
        case .membership(let term, let list, _): for term in [term] + list { term.forEachTerm(body) }
        case .range(let term, let low, let high, _): for term in [term, low, high] { term.forEachTerm(body) }
        case .missing(let term, _): term.forEachTerm(body)
        }
    }
}

extension RestrictionTerm {
    fileprivate func forEachTerm(_ body: (RestrictionTerm) -> Void) {
        body(self)
        switch kind {
        case .column, .literal: break
        case .negative(let term): term.forEachTerm(body)
        case .sum(let first, let rest):
            first.forEachTerm(body)
            for (_, term) in rest { term.forEachTerm(body) }
        case .product(let first, let rest):
            first.forEachTerm(body)
            for (_, term) in rest { term.forEachTerm(body) }
        }
    }
}
