import Studies

/// Most tests are about networks.
extension Configuration {
    var data: DataSpecification {
        get { ofNetwork.data }
        set { ofNetwork.data = newValue }
    }

    var network: NetworkSpecification { ofNetwork.shape }

    var training: TrainingSpecification { ofNetwork.training }

    private var ofNetwork: NetworkModelSpecification {
        get {
            guard let network = model.network else { preconditionFailure("a lab's model") }
            return network
        }
        set { model = .network(newValue) }
    }
}
