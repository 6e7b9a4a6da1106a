import Diagnostics
import Digests
import Measures
import Parameters
import TheoryLabs

/// Models of a theory lab: whatever an experiment makes, with the settings that a study states.
public struct LabModels: ModelKind {
    /// Its id in the catalogue.
    public var experiment: String
    /// Settings that differ from their defaults.
    public var settings: [String: ParameterValue]

    public init(experiment: String, settings: [String: ParameterValue]) {
        self.experiment = experiment
        self.settings = settings
    }

    public static let about = ModelKindDescription(
        sections: [.init("lab", "an experiment and its settings, as {experiment: sco-gd}")], unit: "models",
        inWords: "models", isDrawn: false)

    /// What the experiment is; nil for one that this program does not have.
    public var description: ExperimentDescription? { LabCatalogue.experiment(experiment)?.about }

    public func digest(seed: UInt64) throws -> String {
        struct Model: Encodable {
            let lab: LabModels.Section
            let seed: UInt64
        }
        return SHA256.hexadecimal(of: try CanonicalJSON.text(of: Model(lab: section, seed: seed)))
    }

    /// All settings, defaults included, and the experiment.
    public var facts: [String: ParameterValue] {
        var facts = settings
        for setting in description?.settings ?? [] {
            facts[setting.name] = settings[setting.name] ?? setting.defaultValue
        }
        facts["experiment"] = .word(experiment)
        return facts
    }

    /// Of all experiments, where a file names none that there is.
    public static func factors(of models: [LabModels]) -> [ModelFactor] {
        let experiments = self.experiments(of: models)
        return (experiments.isEmpty ? LabCatalogue.experiments : experiments).flatMap { experiment in
            experiment.about.settings.map { ModelFactor($0.name, isWord: !$0.isNumber && !experiments.isEmpty) }
        }
    }

    /// Of an experiment that does not exist only that is told, not that it lacks each measure.
    public static func measures(of models: [LabModels]) -> [MeasureDescription] {
        experiments(of: models).first?.measureDescriptions ?? LabCatalogue.measures
    }

    public static func disagreement(among models: [LabModels]) -> (section: String, problem: String)? {
        let names = models.reduce(into: [String]()) { if !$0.contains($1.experiment) { $0.append($1.experiment) } }
        guard names.count > 1 else { return nil }
        return ("lab", "names several experiments (\(names.joined(separator: ", "))): make each a study of its own")
    }

    private static func experiments(of models: [LabModels]) -> [any Experiment.Type] {
        models.reduce(into: [String]()) { if !$0.contains($1.experiment) { $0.append($1.experiment) } }
            .compactMap(LabCatalogue.experiment)
    }

    public func prepared(on materials: StudyMaterials) throws -> any ModelMaker {
        Maker(experiment: try prepared(), facts: facts)
    }

    /// The experiment, ready to make models.
    ///
    /// - Throws: `UnknownExperiment`; `SettingsDisagree`, which the reader of a study file has ruled out.
    func prepared() throws -> any Experiment {
        guard let type = LabCatalogue.experiment(experiment) else { throw UnknownExperiment(id: experiment) }
        if let problem = type.about.settings.problem(with: settings) { throw SettingsDisagree(problem) }
        return try type.init(ParameterValues(type.about.settings, stated: settings))
    }
}

// MARK: JSON

extension LabModels {
    fileprivate struct Section: Codable {
        var experiment: String
        /// Nil in what another program wrote, for none.
        var settings: [String: ParameterValue]?
    }

    private enum CodingKeys: String, CodingKey { case lab }

    private var section: Section { Section(experiment: experiment, settings: settings) }

    public init(from decoder: any Decoder) throws {
        let section = try decoder.container(keyedBy: CodingKeys.self).decode(Section.self, forKey: .lab)
        self.init(experiment: section.experiment, settings: section.settings ?? [:])
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(section, forKey: .lab)
    }
}

// MARK: Making

extension LabModels {
    fileprivate struct Maker: ModelMaker {
        let experiment: any Experiment
        let facts: [String: ParameterValue]

        func make(_ planned: PlannedModel, at workplace: any Workplace) throws -> MadeModel {
            try make(experiment, seed: planned.seed)
        }

        private func make<E: Experiment>(_ experiment: E, seed: UInt64) throws -> MadeModel {
            let (clock, start) = (ContinuousClock(), ContinuousClock.now)
            do {
                let model = Made<E>(model: try experiment.model(seed: seed))
                // Experiments end early in a cancelled task.
                try Task.checkCancellation()
                return MadeModel(model, seconds: (clock.now - start) / .seconds(1))
            } catch let failure as ModelFailed {
                try Task.checkCancellation()
                throw ModelNotMade(reason: failure.description)
            }
        }

        /// Nothing is kept of a lab's models: one is made again in a moment.
        func model(
            _ planned: PlannedModel, weights: [UInt8], epochs: Int?, history: TrainingHistory
        ) throws -> any MeasurableModel {
            throw WeightsDamaged(reason: "models of a lab have no weights")
        }

        /// One model, made and measured.
        func cost(of measures: StudyMeasures, seed: UInt64, timings: inout Timings) -> ModelCost {
            let (clock, start) = (ContinuousClock(), ContinuousClock.now)
            if let made = try? make(experiment, seed: seed) { _ = try? made.model.findings(of: measures) }
            return ModelCost(
                measuring: (clock.now - start) / .seconds(1),
                measureBytes: measures.single.count * ModelCost.measurementBytes)
        }
    }

    private struct Made<E: Experiment>: MeasurableModel {
        let model: E.Model

        func findings(of measures: StudyMeasures) throws -> ModelFindings {
            ModelFindings(
                taken: try measures.single.map { measure in
                    let found = E.measurement(of: measure.measure, of: model)
                    // A measure that follows a path ends early in a cancelled task.
                    try Task.checkCancellation()
                    let absent = MeasuredValue(
                        .undefined, reason: "the experiment has no measure '\(measure.measure)'")
                    return .init(column: measure.column, value: found?.value ?? absent, seconds: found?.seconds ?? 0)
                })
        }
    }
}
