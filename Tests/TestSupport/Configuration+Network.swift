import Definitions
import StudyFiles

/// Most tests are about networks.
extension Configuration {
    public var data: DataSpecification {
        get { ofNetwork.data }
        set { ofNetwork.data = newValue }
    }

    public var network: NetworkSpecification { ofNetwork.shape }

    public var training: TrainingSpecification { ofNetwork.training }

    private var ofNetwork: NetworkModelSpecification {
        get {
            guard let network = model.network else { preconditionFailure("a lab's model") }
            return network
        }
        set { model = .network(newValue) }
    }
}
