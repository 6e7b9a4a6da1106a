/// All kinds of models.
public enum ModelKindCatalogue {
    /// The first is a study's whose file names none. A new kind is added here.
    public static let all: [any ModelKind.Type] = [TrainedNetworks.self, LabModels.self]

    /// What a study's models are, which are all of one kind.
    static func about(_ models: [ModelSpecification]) -> ModelKindDescription {
        models.first?.about ?? UnknownModels.about
    }
}
