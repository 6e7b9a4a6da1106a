import Diagnostics

extension MappingReader {
    public func text(_ key: String) -> String? {
        guard let value = value(key) else { return nil }
        guard let text = value.text else {
            complain(key, "must be text, not \(value.kind)")
            return nil
        }
        return text
    }

    /// A whole number within `range`.
    public func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let value = value(key) else { return nil }
        guard let number = value.integer else {
            complain(key, "must be a whole number, not \(value.kind)")
            return nil
        }
        guard range.contains(number) else {
            let limit = range.upperBound == .max ? "at least \(range.lowerBound)" : range.words
            complain(key, "must be \(limit), not \(number)")
            return nil
        }
        return number
    }

    /// A seed: a whole number from 0 to 2^63 - 1, the largest that SQLite can hold.
    public func seed(_ key: String) -> UInt64? {
        integer(key, in: 0...Int.max).map { UInt64($0) }
    }

    /// A finite number that `isAllowed`.
    public func number(
        _ key: String, _ requirement: String = "a number", where isAllowed: (Double) -> Bool = { _ in true }
    ) -> Double? {
        guard let value = value(key) else { return nil }
        guard let number = value.number, number.isFinite, isAllowed(number) else {
            complain(key, "must be \(requirement), not \(value.kind)")
            return nil
        }
        return number
    }

    /// `true` or `false`, without quotes.
    public func flag(_ key: String) -> Bool? {
        guard let value = value(key) else { return nil }
        guard let flag = value.flag else {
            complain(key, "must be true or false, not \(value.kind)")
            return nil
        }
        return flag
    }

    /// One of an enumeration's words.
    public func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, of type: Choice.Type = Choice.self, among allowed: [Choice]? = nil
    ) -> Choice? where Choice.RawValue == String {
        choice(key, among: (allowed ?? Array(Choice.allCases)).map(\.rawValue)).flatMap(Choice.init)
    }

    /// One of some words.
    public func choice(_ key: String, among words: [String]) -> String? {
        guard let text = text(key) else { return nil }
        guard words.contains(text) else {
            complain(key, "cannot be '\(text.shortened)'. \(suggestion(for: text, among: words))")
            return nil
        }
        return text
    }

    /// The mapping of a key; an empty one where the document has none, but values that stand in for its keys are there.
    public func mapping(_ key: String) -> MappingReader? {
        guard let value = value(key) ?? overrides?.section(path(key)) else { return nil }
        let isOverridden = overrides?.value(path(key)) != nil
        guard !value.isMapping, isOverridden else { return section(key, value, isOwn: !isOverridden) }
        complain(key, "needs keys and values, not \(value.kind)\(remark(on: key))")
        return nil
    }

    /// What to say besides of a list or mapping that another value stands in place of.
    private func remark(on key: String) -> String { overrides?.value(path(key)) == nil ? "" : overrides?.remark ?? "" }

    /// The elements of a list.
    public func list(_ key: String) -> [YAMLNode]? {
        guard let value = value(key) else { return nil }
        guard let elements = value.elements else {
            complain(key, "must be a list, not \(value.kind)\(remark(on: key))")
            return nil
        }
        return elements
    }

    /// A list of mappings; elements that are none are left out.
    public func mappings(_ key: String) -> [MappingReader] {
        (list(key) ?? []).enumerated().compactMap { index, node in
            MappingReader(node, name: "\(path(key))[\(index + 1)]", problems: problems)
        }
    }

    /// A list of whole numbers within `range`, each of which messages call `element`; those that are none are left out.
    public func integers(_ key: String, each element: String, in range: ClosedRange<Int>) -> [Int]? {
        list(key)?.compactMap { node in
            guard let number = node.integer, range.contains(number) else {
                let limit = range.upperBound == .max ? "of at least \(range.lowerBound)" : range.words
                complain(key, "\(element) must be a whole number \(limit), not \(node.kind)", at: node)
                return nil
            }
            return number
        }
    }
}

extension ClosedRange<Int> {
    fileprivate var words: String { "from \(lowerBound) to \(upperBound)" }
}
