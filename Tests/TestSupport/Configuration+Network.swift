import Definitions

/// Most tests are about networks.
extension Configuration {
    public var data: DataSpecification {
        get { networks.points }
        set {
            var changed = networks
            changed.points = newValue
            model = ModelSpecification(changed)
        }
    }

    public var network: NetworkSpecification { networks.shape }

    public var training: TrainingSpecification { networks.training }

    private var networks: TrainedNetworks {
        guard let networks = model.of(TrainedNetworks.self) else { preconditionFailure("no trained networks") }
        return networks
    }
}
