import Parameters
import Results

/// Studies that share columns, in order, and what differs between them.
public struct StudyFamily: Sendable {
    /// By the number of training points where that differs, otherwise as they were handed over.
    public let members: [Population]
    /// Regimes that occur in any member, in the order of the models; empty where no model has one, and where there are
    /// too many for a column each.
    public let regimes: [String]
    /// What is the same within a member, or within each of its regimes, but not in all members.
    public let differences: [Difference]
    /// A number that each member has for itself, over which the family can be drawn; nil where there is none.
    public let scale: Scale?

    fileprivate static let mostRegimes = 8

    /// A hyperparameter that tells members apart.
    public struct Difference: Sendable, Hashable {
        public let name: String
        /// One a member; nil where the member lacks it.
        public let values: [Value?]

        public enum Value: Sendable, Hashable {
            /// The same in all models: its label.
            case same(String)
            /// The label of each regime that has it, in the order of the models.
            case byRegime([Regime])
            /// Different in more regimes than anybody wants to read.
            case byManyRegimes
        }

        public struct Regime: Sendable, Hashable {
            public let name: String
            public let label: String

            public init(name: String, label: String) {
                self.name = name
                self.label = label
            }
        }
    }

    public struct Scale: Sendable, Hashable {
        public let name: String
        /// One a member, each another.
        public let values: [Double]
    }

    public init(of populations: [Population]) {
        let trainingPoints = "training_points"
        let unordered = populations.map(StudyFacts.init)
        let points = unordered.map { $0.number(trainingPoints) }
        let order =
            Set(points.compactMap(\.self)).count > 1 && !points.contains(nil)
            ? populations.indices.sorted { (points[$0] ?? 0, $0) < (points[$1] ?? 0, $1) } : Array(populations.indices)
        members = order.map { populations[$0] }
        let facts = order.map { unordered[$0] }
        var regimes: [String] = []
        for label in members.flatMap(\.models).compactMap(\.regime) where !regimes.contains(label) {
            regimes.append(label)
        }
        self.regimes = regimes.count <= Self.mostRegimes ? regimes : []

        let found = Set(facts.flatMap(\.keys))
        let keys = found.filter { $0 == trainingPoints } + found.filter { $0 != trainingPoints }.sorted()
        differences = keys.compactMap { key in
            let values = facts.map { $0.value(key) }
            return facts.allSatisfy { $0.isSettled(key) } && Set(values).count > 1
                ? Difference(name: key, values: values) : nil
        }
        scale =
            keys.lazy.compactMap { key -> Scale? in
                let values = facts.compactMap { $0.number(key) }
                return facts.count > 1 && values.count == facts.count && Set(values).count == facts.count
                    ? Scale(name: key, values: values) : nil
            }.first
    }

    /// What tables and curves have a column or line for: each regime, or all networks (nil) where there are none.
    package var groups: [String?] { regimes.isEmpty ? [nil] : regimes.map(Optional.some) }

    /// The values of a column over a member's models of one regime, or all of them (nil).
    package func values(_ column: String, _ regime: String?, in member: Population) -> [Double] {
        member.values(
            column, rows: member.models.indices.filter { regime == nil || member.models[$0].regime == regime })
    }

    /// The members' columns of these measures, each once.
    package func columns(of measures: [String]) -> [String] {
        var columns: [String] = []
        for measure in measures {
            for member in members {
                columns += member.columns.filter { member.about($0)?.id == measure && !columns.contains($0) }
            }
        }
        return columns
    }

    /// A member's grouping by regime, nil where it has only one.
    package func grouping(of member: Population) -> Grouping? { member.groupings.first { $0.name == "regime" } }
}

/// What each regime of a study has in common of its models' hyperparameters.
private struct StudyFacts {
    /// By key, then by regime ("" for none): all values that occur.
    private var values: [String: [String: Set<ParameterValue>]] = [:]
    /// In the order of the models.
    private var regimes: [String] = []

    init(_ population: Population) {
        for model in population.models {
            let regime = model.regime ?? ""
            if !regimes.contains(regime) { regimes.append(regime) }
            for (key, value) in ParameterValue.all(in: model.hyperparameters) {
                values[key, default: [:]][regime, default: []].insert(value)
            }
        }
    }

    var keys: [String] { Array(values.keys) }

    /// Whether no regime has two values.
    func isSettled(_ key: String) -> Bool { values[key]?.values.allSatisfy { $0.count == 1 } ?? true }

    /// The one value of all regimes, or each regime's.
    func value(_ key: String) -> StudyFamily.Difference.Value? {
        guard let found = values[key], isSettled(key) else { return nil }
        let all = Set(found.values.flatMap(\.self))
        if all.count == 1, found.count == regimes.count { return all.first.map { .same($0.text) } }
        if regimes.count > StudyFamily.mostRegimes { return .byManyRegimes }
        return .byRegime(
            regimes.compactMap { regime in found[regime]?.first.map { .init(name: regime, label: $0.text) } })
    }

    /// The one number of all models.
    func number(_ key: String) -> Double? {
        guard let found = values[key], found.count == regimes.count else { return nil }
        let all = Set(found.values.flatMap(\.self))
        return all.count == 1 ? all.first?.number : nil
    }
}
