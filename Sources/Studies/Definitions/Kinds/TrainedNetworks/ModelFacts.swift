import Parameters

/// Facts of a model that are left unsaid where they are what everybody expects: the rule of plain descent, a constant
/// learning rate, clean labels.
///
/// Beside models that have others they are said, so that all can be held against each other.
protocol ModelFacts: Equatable {
    /// Whether they are what everybody expects.
    var isUnsaid: Bool { get }

    /// All of them, by name, stated or default.
    var allFacts: [String: ParameterValue] { get }

    var factors: [ModelFactor] { get }
}

extension ModelFacts {
    /// Those of a model alone.
    var facts: [String: ParameterValue] { isUnsaid ? [:] : allFacts }
}

extension Collection where Element: ModelFacts {
    /// What those that leave theirs unsaid have beside the others; nothing where all do.
    func unsaidFacts(_ expected: Element) -> [String: ParameterValue] {
        allSatisfy(\.isUnsaid) ? [:] : expected.allFacts
    }

    /// The hyperparameters that some of these have.
    var factors: [ModelFactor] {
        reduce(into: []) { factors, element in
            guard !element.isUnsaid else { return }
            for factor in element.factors where !factors.contains(factor) { factors.append(factor) }
        }
    }
}
