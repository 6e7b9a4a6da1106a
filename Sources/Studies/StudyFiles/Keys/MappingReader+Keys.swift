import Documents

// Declared keys are read by what was declared of them: the names and ranges that a file is checked for are those that
// the reference page and the schema state.

extension MappingReader {
    /// Notes each key that a file must have and has not, in the order of the declarations.
    func require(_ keys: [StudyFileKey]) {
        for key in keys { require(key) }
    }

    func require(_ key: StudyFileKey) {
        if case .required(let hint) = key.need { require(key.name, hint) }
    }

    func value(_ key: StudyFileKey) -> YAMLNode? { value(key.name) }

    func text(_ key: StudyFileKey) -> String? { text(key.name) }

    func integer(_ key: StudyFileKey) -> Int? {
        guard case .integer(let range) = key.integerKind else {
            preconditionFailure("'\(key.name)' is no whole number")
        }
        return integer(key.name, in: range)
    }

    func number(_ key: StudyFileKey) -> Double? {
        guard case .number(let range) = key.kind else { preconditionFailure("'\(key.name)' is no number") }
        return number(key.name, range.text, where: range.allows)
    }

    func seed(_ key: StudyFileKey) -> UInt64? { seed(key.name) }

    /// One of the declared words.
    func choice<Choice: RawRepresentable>(_ key: StudyFileKey, as type: Choice.Type = Choice.self) -> Choice?
    where Choice.RawValue == String {
        guard case .choice(let words) = key.kind else { preconditionFailure("'\(key.name)' is no choice") }
        return choice(key.name, among: words).flatMap(Choice.init)
    }

    func mapping(_ key: StudyFileKey) -> MappingReader? { mapping(key.name) }

    func mappings(_ key: StudyFileKey) -> [MappingReader] { mappings(key.name) }

    func list(_ key: StudyFileKey) -> [YAMLNode]? { list(key.name) }

    /// A list of the declared whole numbers, each of which messages call `element`.
    func integers(_ key: StudyFileKey, each element: String) -> [Int]? {
        guard case .list(.integer(let range)) = key.kind else {
            preconditionFailure("'\(key.name)' is no list of whole numbers")
        }
        return integers(key.name, each: element, in: range)
    }

    func complain(_ key: StudyFileKey, _ message: String) { complain(key.name, message) }
}

extension StudyFileKey {
    /// The whole number that a key takes, perhaps beside something else.
    fileprivate var integerKind: Kind {
        if case .either(let kinds) = kind {
            return kinds.first { if case .integer = $0 { true } else { false } } ?? kind
        }
        return kind
    }
}

extension CaseIterable where Self: RawRepresentable, RawValue == String {
    /// The words of all cases, for a key's declaration.
    static var words: [String] { allCases.map(\.rawValue) }
}
