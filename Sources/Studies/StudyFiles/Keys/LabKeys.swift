import Definitions
import TheoryLabs

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
            of: [experiment], by: experiment.name,
            LabCatalogue.experiments.map { .init($0.about.id, $0.about.settings) }),
        .required(hint: LabModels.about.sections[0].example), "an experiment of a theory lab and its settings",
        example: "{experiment: sco-gd, steps: 64}")
}
