import Definitions
import Diagnostics
import Parameters
import Results

/// What a study varies and those of its models that have values do not, as all others failed or are still to be made.
public struct LostVariation: Sendable, Equatable {
    /// A regime or hyperparameter that the study varies, and the one label that is left of it.
    public struct Level: Sendable, Equatable {
        public let name: String
        public let label: String
    }

    public let study: String
    /// "networks", "models"
    public let unit: String
    /// By name, the regime first; at least one.
    public let levels: [Level]
    public let failed: Int
    /// Models that no run has made yet.
    public let missing: Int
    /// The condition that selected the models; nil for all.
    public let restriction: String?

    /// Nil where nothing that the study varies is the same for all models, or there are no models.
    init?(
        _ study: String, _ definition: StudySpecification.Definition, models: [ModelRecord], failed: Int,
        missing: Int, restriction: String? = nil
    ) {
        let regimes = Set(definition.configurations.map(\.regime))
        var planned: [String: Set<ParameterValue>] = [:]
        for configuration in definition.configurations {
            for (name, value) in configuration.namedValues { planned[name, default: []].insert(value) }
        }
        guard let first = models.first else { return nil }
        var levels: [Level] = []
        if regimes.count > 1, let regime = first.regime, models.allSatisfy({ $0.regime == regime }) {
            levels.append(Level(name: "regime", label: regime))
        }
        // Models of one configuration have one text.
        let made = Set(models.map(\.hyperparameters)).map { ParameterValue.all(in: $0) }
        for name in planned.filter({ $0.value.count > 1 }).keys.sorted() {
            let values = Set(made.map { $0[name] })
            if values.count == 1, let value = values.first ?? nil {
                levels.append(Level(name: name, label: value.text))
            }
        }
        guard !levels.isEmpty else { return nil }
        (self.study, self.levels, self.failed, self.missing) = (study, levels, failed, missing)
        self.restriction = restriction
        unit = definition.kind.unit
    }

    /// "Only networks of 'toy' with learning_rate 0.1 have values; 6 failed."
    public var description: String {
        let what = levels.map { "\($0.name) \($0.label)" }.joined(separator: " and ")
        if let restriction {
            return "All \(unit) of '\(study)' that '\(restriction.shortened)' selects have \(what)."
        }
        var rest: [String] = []
        if failed > 0 { rest.append("\(failed) failed") }
        if missing > 0 {
            rest.append("\(missing) \(missing == 1 ? "is" : "are") still to be made with 'basin run \(study)'")
        }
        let others = rest.isEmpty ? "" : "; " + rest.joined(separator: ", ")
        return "Only \(unit) of '\(study)' with \(what) have values\(others)."
    }
}
