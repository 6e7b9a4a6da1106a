import Definitions
import Diagnostics
import Parameters
import Results

/// The columns that a restriction can name, over a population's trained networks and then its failed ones.
///
/// They are those of the view `models`, as far as the study has them, and its hyperparameters; of columns of one name
/// the first of these: what the view says of every model, a measure, a hyperparameter. A network that a study has at
/// several positions is the first of them, as in the view.
struct RestrictionColumns {
    struct Column {
        /// Whether its values are numbers, and not words.
        let isNumeric: Bool
        let values: [RestrictionValue?]
    }

    let study: String
    private let named: StudyRecord
    private let population: Population
    private let models: [ModelRecord]
    private let hyperparameters: [String: [ParameterValue?]]

    /// - Parameter named: the study that the columns `study` and `version` are to name; the population's unless given.
    init(of population: Population, named: StudyRecord? = nil) {
        self.population = population
        self.named = named ?? population.study
        study = population.study.name
        models = population.models + population.failed
        hyperparameters = ParameterValue.columns(of: models)
    }

    /// Each once.
    var names: [String] {
        let others = population.columns + hyperparameters.keys.sorted()
        return others.reduce(into: MeasureSpecification.reservedColumns) { names, name in
            if !names.contains(name) { names.append(name) }
        }
    }

    /// Nil for a name that is none.
    subscript(name: String) -> Column? {
        if let found = ofEveryModel(name) { return found }
        if let measured = try? population.values(name) {
            let failed = [RestrictionValue?](repeating: nil, count: models.count - measured.count)
            return Column(isNumeric: true, values: measured.map { $0.map { .real($0) } } + failed)
        }
        guard let scalars = hyperparameters[name] else { return nil }
        let isNumeric = scalars.allSatisfy { $0 == nil || $0?.number != nil }
        return Column(
            isNumeric: isNumeric,
            values: scalars.map { scalar in
                guard isNumeric else { return scalar.map { .word($0.text) } }
                return scalar?.integer.map { .integer(Int64($0)) } ?? scalar?.number.map { .real($0) }
            })
    }

    /// What the view `models` says of every model.
    private func ofEveryModel(_ name: String) -> Column? {
        func words(_ word: (ModelRecord) -> String?) -> Column {
            Column(isNumeric: false, values: models.map { word($0).map { .word($0) } })
        }
        func numbers(_ number: (ModelRecord) -> RestrictionValue?) -> Column {
            Column(isNumeric: true, values: models.map(number))
        }
        switch name {
        case "study": return words { _ in named.name }
        case "version": return numbers { _ in .integer(Int64(named.version)) }
        case "position": return numbers { .integer(Int64($0.position)) }
        case "label": return words(\.label)
        // SQLite's whole numbers end at 2^63: the view has negative ones for what is beyond.
        case "seed":
            return numbers { model in
                model.seed.map { seed in Int64(exactly: seed).map { .integer($0) } ?? .real(Double(seed)) }
            }
        case "regime": return words(\.regime)
        case "variant": return words(\.variant)
        case "status": return words { $0.outcome == .trained ? "trained" : "failed" }
        case "reason": return words { if case .failed(let reason) = $0.outcome { reason } else { nil } }
        case "seconds": return numbers { .real($0.seconds) }
        case "hyperparameters": return words(\.hyperparameters)
        case "model_id": return numbers { .integer($0.id.rawValue) }
        default: return nil
        }
    }

    /// What may have been meant by a name that no column has.
    func hint(for name: String) -> String {
        let isWord = names.contains { column in
            guard let found = self[column], !found.isNumeric else { return false }
            return found.values.contains { if case .word(name)? = $0 { true } else { false } }
        }
        return isWord
            ? "A word stands in single quotes: '\(name.replacing("'", with: "''"))'."
            : suggestion(for: name, among: names)
    }
}
