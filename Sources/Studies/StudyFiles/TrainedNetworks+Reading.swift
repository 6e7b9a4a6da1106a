import Definitions
import Documents
import Training

/// Reads the sections `data`, `network` and `training` of a study file.
///
/// Defaults are those of a new study: the native stream, seed 0.
extension TrainedNetworks: PopulatedKind {
    static let keys = NetworkSections.all + [RootKeys.population]

    static func read(_ study: MappingReader, in folder: StudyFolder) -> TrainedNetworks {
        let data = DataReader().data(study.mapping(NetworkSections.data), in: folder)
        let network = study.mapping(NetworkSections.network)
        network?.require(NetworkKeys.hidden.name, "the widths of the hidden layers, [] for none")
        return TrainedNetworks(
            data: data, shape: TrainingReader().network(network),
            training: TrainingReader().training(
                study.mapping(NetworkSections.training), trainingPoints: data.trainingPoints))
    }
}

// MARK: Keys

/// The sections that say what trained networks are.
enum NetworkSections {
    static let data = StudyFileKey(
        "data", .mapping(DataKeys.all), .required(hint: hints["data"] ?? ""), "which points are trained on",
        example: "{dataset: mnist, training_points: 250}")
    static let network = StudyFileKey(
        "network", .mapping(NetworkKeys.all), .required(hint: hints["network"] ?? ""), "the networks' shape",
        example: "{hidden: [64, 8]}")
    static let training = StudyFileKey(
        "training",
        .variants(
            of: TrainingKeys.all, by: TrainingKeys.rule.name, help: nil,
            UpdateRuleCatalogue.descriptions.map {
                .init($0.id, $0.parameters, summary: "\($0.title): \($0.formula) (\($0.source))")
            }),
        .required(hint: hints["training"] ?? ""), "how they are trained",
        example: "{learning_rate: 0.1, batch_size: 64, epochs: 500}")

    static let all = [data, network, training]

    private static let hints = Dictionary(
        uniqueKeysWithValues: TrainedNetworks.about.sections.map { ($0.key, $0.example) })
}
