import Definitions
import Diagnostics
import Documents
import Parameters

/// The names that figures and claims may use of a study, read with what is wrong noted.
struct StudyColumns {
    /// The study's measures.
    let measures: [String]
    /// Hyperparameters that its models have, those that the grid varies among them.
    let factors: [String]
    /// Of these, what is a word and no number, as an algorithm's name.
    let words: Set<String>
    /// The names of its regimes.
    let regimes: [String]

    private static let seed = "seed"
    private static let regime = "regime"

    /// What may be a number of each model.
    private var numbers: [String] { measures + factors.filter { !words.contains($0) } + [Self.seed] }

    /// What may split the models into groups, and select some of them.
    private var groups: [String] { (regimes.isEmpty ? [] : [Self.regime]) + factors + [Self.seed] }

    /// The column that a key names: a measure, a hyperparameter, or the seed. Nil where the key is absent or wrong.
    func number(_ entry: MappingReader, _ key: String) -> String? {
        guard let name = entry.text(key) else { return nil }
        if numbers.contains(name) { return name }
        let isWord = name == Self.regime || words.contains(name)
        let known = isWord ? "which is no number" : "which the study's models do not have"
        entry.complain(key, "is '\(name.shortened)', \(known). \(suggestion(for: name, among: numbers))")
        return nil
    }

    /// The regime, a hyperparameter or the seed that a key names.
    func group(_ entry: MappingReader, _ key: String) -> String? {
        guard let name = entry.text(key) else { return nil }
        if groups.contains(name) { return name }
        entry.complain(key, "is '\(name.shortened)', \(whyNoGroup(name)). \(suggestion(for: name, among: groups))")
        return nil
    }

    /// The models that a key selects: `{regime: sam, radius: [0.1, 0.2]}`; all without the key.
    func selection(_ entry: MappingReader, _ key: String) -> ModelSelection {
        guard let reader = entry.mapping(key) else { return .all }
        var conditions: [String: [ParameterValue]] = [:]
        for name in reader.keys {
            let value = reader.value(name)
            guard groups.contains(name) else {
                reader.complain(
                    name, "selects no models: it is \(whyNoGroup(name)). \(suggestion(for: name, among: groups))")
                continue
            }
            guard let value else {
                reader.complain(name, "states no value")
                continue
            }
            reader.requireElements(name)
            for node in value.elements ?? [value] {
                guard let found = self.value(node, of: name, reader) else { continue }
                if conditions[name, default: []].contains(found) {
                    reader.complain(name, "\(node.kind) is given twice", at: node)
                }
                conditions[name, default: []].append(found)
            }
        }
        return ModelSelection(conditions)
    }

    private func value(_ node: YAMLNode, of name: String, _ reader: MappingReader) -> ParameterValue? {
        guard let text = node.text else {
            reader.complain(name, "takes single values or a list of them, not \(node.kind)", at: node)
            return nil
        }
        if name == Self.regime {
            if regimes.contains(text) { return .word(text) }
            reader.complain(
                name, "there is no regime '\(text.shortened)'. \(suggestion(for: text, among: regimes))", at: node)
            return nil
        }
        if let number = node.number, number.isFinite { return .number(number) }
        if name == Self.seed {
            reader.complain(name, "a seed is a whole number, not \(node.kind)", at: node)
            return nil
        }
        return .word(text)
    }

    private func whyNoGroup(_ name: String) -> String {
        measures.contains(name)
            ? "a measure, which groups no models" : "neither a regime's name nor a setting of the study's models"
    }
}
