import Diagnostics
import TheoryLabs

/// A theory lab's experiment with the settings that a study states.
public struct LabSpecification: Sendable, Hashable {
    /// Its id in the catalogue.
    public var experiment: String
    /// Settings that differ from their defaults.
    public var settings: [String: SettingValue]

    public init(experiment: String, settings: [String: SettingValue]) {
        self.experiment = experiment
        self.settings = settings
    }

    /// The experiment, ready to make models.
    ///
    /// - Throws: `UnknownExperiment`; `SettingsDisagree`, which the reader of a study file has ruled out.
    public func prepared() throws -> any Experiment {
        guard let type = LabCatalogue.experiment(experiment) else { throw UnknownExperiment(id: experiment) }
        return try type.init(Settings(type.about, stated: settings))
    }

    /// All settings, defaults included, by name.
    var facts: [String: FactorValue] {
        let about = LabCatalogue.experiment(experiment)?.about
        let standard = Dictionary(uniqueKeysWithValues: (about?.settings ?? []).map { ($0.name, $0.standard) })
        return standard.merging(settings) { $1 }.mapValues { value in
            switch value {
            case .integer(let number): .number(Double(number))
            case .number(let number): .number(number)
            case .word(let word): .word(word)
            }
        }
    }
}

extension LabSpecification: Codable {}

extension SettingValue: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            self = .integer(number)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else {
            self = .word(try container.decode(String.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .integer(let number): try container.encode(number)
        case .number(let number): try container.encode(number)
        case .word(let word): try container.encode(word)
        }
    }
}
