import Definitions
import Diagnostics
import Documents
import Parameters
import TheoryLabs

/// Reads a study file's `lab` section: an experiment of a theory lab and its settings.
///
///     lab:
///       experiment: sco-sa-gd            # 'basin labs' lists them
///       steps: 64                        # settings; those left out have their defaults
///
/// Which settings there are depends on the experiment, so that a key of another experiment is unknown here.
extension LabModels: PopulatedKind {
    static let keys = [LabKeys.lab, RootKeys.population]

    static func read(_ study: MappingReader, in folder: StudyFolder) -> LabModels {
        study.mapping("lab").map(LabReader().models) ?? LabModels(experiment: "", settings: [:])
    }
}

private struct LabReader {
    func models(_ reader: MappingReader) -> LabModels {
        reader.require(LabKeys.experiment)
        let id = reader.choice(LabKeys.experiment.name, among: LabCatalogue.experiments.map { $0.about.id })
        guard let id, let type = LabCatalogue.experiment(id) else {
            return LabModels(experiment: "", settings: [:])
        }
        // Stating a default makes no other study.
        let settings = type.about.settings.canonical(reader.stated(type.about.settings))
        reader.finish()
        do {
            _ = try type.init(ParameterValues(type.about.settings, stated: settings))
        } catch {
            reader.problemHere("cannot be: \(error)")
        }
        return LabModels(experiment: id, settings: settings)
    }
}

// MARK: Keys

/// The key of `lab`, beside the settings of its experiment.
enum LabKeys {
    static let experiment = StudyFileKey(
        "experiment", .choice(LabCatalogue.experiments.map { $0.about.id }),
        .required(hint: "one of those that 'basin labs' lists"),
        "what makes the models; its settings are keys beside it",
        example: "sco-gd")

    static let lab = StudyFileKey(
        "lab",
        .variants(
            of: [experiment], by: experiment.name, help: "basin labs ID",
            LabCatalogue.experiments.map { .init($0.about.id, $0.about.settings) }),
        .required(hint: LabModels.about.sections[0].example), "an experiment of a theory lab and its settings",
        example: "{experiment: sco-gd, steps: 64}")
}
