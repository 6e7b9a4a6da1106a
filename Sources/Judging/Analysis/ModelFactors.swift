import Definitions
import Parameters
import Results
import Statistics

/// A study's models as figures and claims name them: by regime, seed and every hyperparameter, those included that all
/// models share; and models that a study has at several positions at each of them.
package struct ModelFactors {
    private let population: Population
    /// Trained models by position, each with its row in the population; a repeated one has the row of the first.
    private let models: [(record: ModelRecord, row: Int)]
    /// By hyperparameter, one a model of `models`; nil where the model lacks it.
    private let scalars: [String: [ParameterValue?]]

    package init(of population: Population) {
        self.population = population
        models = (population.models.enumerated().map { ($1, $0) } + population.repeated.map { ($0.model, $0.row) })
            .sorted { $0.0.position < $1.0.position }
        scalars = ParameterValue.columns(of: models.map(\.record))
    }

    /// The models that meet all conditions; those that a study has at several positions at each of them.
    package func models(_ selection: ModelSelection) -> Result<[Int], EmptySelection> {
        guard !models.isEmpty else { return .failure(.noModelYet) }
        var places = Array(models.indices)
        for (name, values) in selection.conditions.sorted(by: { $0.key < $1.key }) {
            let meeting = models.indices.filter { place in values.contains { self.matches(place, name, $0) } }
            if meeting.isEmpty {
                return .failure(.noModelWith(name: name, values: values, known: known(name)))
            }
            places = places.filter(Set(meeting).contains)
        }
        return places.isEmpty
            ? .failure(.noModelWithAll(selection)) : .success(places)
    }

    /// The places of different models: the first of those that are one model, or one model of one group.
    package func distinct(_ places: [Int], by name: String? = nil) -> [Int] {
        struct Key: Hashable {
            let row: Int
            let label: String?
        }
        var seen: Set<Key> = []
        return places.filter { place in
            seen.insert(Key(row: models[place].row, label: name.flatMap { label($0, place) })).inserted
        }
    }

    /// A column's numbers of the models at some places: a measure's values, else a hyperparameter's, else the seed.
    ///
    /// - Returns: nil where a model has no such number.
    package func numbers(_ name: String, _ places: [Int]) -> [Double?] {
        if let values = try? population.values(name) { return places.map { values[models[$0].row] } }
        if let scalars = scalars[name] { return places.map { scalars[$0]?.number } }
        return places.map { name == "seed" ? models[$0].record.seed.map { Double($0) } : nil }
    }

    /// The labels of the models at some places: the regime, a hyperparameter, or the seed.
    package func labels(_ name: String, _ places: [Int]) -> [String?] { places.map { label(name, $0) } }

    /// Labels in the order in which a legend lists them: numbers by size, others as they come.
    package func ordered(_ name: String, _ labels: [String?]) -> [String] {
        var seen: Set<String> = []
        let distinct = labels.compactMap(\.self).filter { seen.insert($0).inserted }
        let numbers = distinct.map { Double($0) }
        guard numbers.allSatisfy({ $0 != nil }) else { return distinct }
        return zip(distinct, numbers).sorted { ($0.1 ?? 0) < ($1.1 ?? 0) }.map(\.0)
    }

    private func label(_ name: String, _ place: Int) -> String? {
        if name == "regime" { return models[place].record.regime }
        if let scalars = scalars[name] { return scalars[place]?.text }
        return name == "seed" ? models[place].record.seed.map(String.init) : nil
    }

    private func matches(_ place: Int, _ name: String, _ value: ParameterValue) -> Bool {
        if let wanted = value.number, let number = number(name, place) {
            return abs(number - wanted) <= 1e-12 * max(abs(number), abs(wanted))
        }
        return label(name, place) == value.description
    }

    private func number(_ name: String, _ place: Int) -> Double? {
        if let scalars = scalars[name] { return scalars[place]?.number }
        return name == "seed" ? models[place].record.seed.map { Double($0) } : nil
    }

    /// The labels that there are.
    private func known(_ name: String) -> [String] { ordered(name, labels(name, Array(models.indices))) }
}
