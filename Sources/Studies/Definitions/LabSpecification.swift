import Diagnostics
import Parameters
import TheoryLabs

/// A theory lab's experiment with the settings that a study states.
public struct LabSpecification: Sendable, Hashable {
    /// Its id in the catalogue.
    public var experiment: String
    /// Settings that differ from their defaults.
    public var settings: [String: ParameterValue]

    public init(experiment: String, settings: [String: ParameterValue]) {
        self.experiment = experiment
        self.settings = settings
    }

    /// The experiment, ready to make models.
    ///
    /// - Throws: `UnknownExperiment`; `SettingsDisagree`, which the reader of a study file has ruled out.
    public func prepared() throws -> any Experiment {
        guard let type = LabCatalogue.experiment(experiment) else { throw UnknownExperiment(id: experiment) }
        if let problem = type.about.settings.problem(with: settings) { throw SettingsDisagree(problem) }
        return try type.init(ParameterValues(type.about.settings, stated: settings))
    }

    /// All settings, defaults included, by name.
    var facts: [String: ParameterValue] {
        let declared = LabCatalogue.experiment(experiment)?.about.settings ?? []
        return declared.reduce(into: settings) { facts, setting in
            facts[setting.name] = settings[setting.name] ?? setting.defaultValue
        }
    }
}

extension LabSpecification: Codable {}
