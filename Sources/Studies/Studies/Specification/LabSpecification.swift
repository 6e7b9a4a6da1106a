import Diagnostics
import Parameters
import Results
import TheoryLabs

/// A theory lab's experiment with the settings that a study states.
public struct LabSpecification: Sendable, Hashable {
    /// Its id in the catalogue.
    public var experiment: String
    /// Settings that differ from their defaults.
    public var settings: [String: ParameterValue]

    /// The experiment, ready to make models.
    ///
    /// - Throws: `UnknownExperiment`; `SettingsDisagree`, which the reader of a study file has ruled out.
    func prepared() throws -> any Experiment {
        guard let type = LabCatalogue.experiment(experiment) else { throw UnknownExperiment(id: experiment) }
        if let problem = type.about.settings.problem(with: settings) { throw SettingsDisagree(problem) }
        return try type.init(ParameterValues(type.about.settings, stated: settings))
    }

    /// All settings, defaults included, by name.
    var facts: [String: FactorValue] {
        let declared = LabCatalogue.experiment(experiment)?.about.settings ?? []
        return declared.reduce(into: settings) { facts, setting in
            facts[setting.name] = settings[setting.name] ?? setting.defaultValue
        }.compactMapValues(FactorValue.init)
    }
}

extension LabSpecification: Codable {}

extension FactorValue {
    fileprivate init?(_ value: ParameterValue) {
        if let number = value.number { self = .number(number) } else { self = .word("\(value)") }
    }
}
