/// All kinds of models.
public enum ModelKindCatalogue {
    /// The first is a study's whose file names none. A new kind is added here; that of a simulation is in no study
    /// file.
    public static let all: [any ModelKind.Type] = [
        TrainedNetworks.self, LabModels.self, ImportedNetworks.self, SimulatedModels.self,
    ]

    /// What a study's models are, which are all of one kind.
    static func about(_ models: [ModelSpecification]) -> ModelKindDescription {
        models.first?.about ?? UnknownModels.about
    }
}
