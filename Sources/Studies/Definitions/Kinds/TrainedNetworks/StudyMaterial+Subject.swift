import Measures
import Networks
import Randomness

extension StudyMaterial {
    /// What measures may read of a network that was trained on this material, or of a rescaled copy of one; its initial
    /// network is drawn when a measure asks for it.
    package func subject(
        _ network: Network, of networks: TrainedNetworks, position: Int, seed: UInt64, epochs: Int,
        history: TrainingHistory = TrainingHistory()
    ) -> Subject {
        Subject(
            network: network, training: training, cleanLabels: cleanLabels, test: test, unseen: unseen, probes: probes,
            position: position, seed: seed, epochs: epochs, history: history,
            initialNetwork: { networks.initialNetwork(seed: seed, on: self) })
    }

    /// What measures may read of a network that was trained elsewhere on this material.
    ///
    /// - Parameter epochs: those that it was trained for, where that is known.
    func subject(ofElsewhere network: Network, position: Int, seed: UInt64, epochs: Int?) -> Subject {
        Subject(
            network: network, training: training, cleanLabels: cleanLabels, test: test, unseen: unseen, probes: probes,
            position: position, seed: seed, epochs: epochs)
    }
}

extension TrainedNetworks {
    /// The network that a seed's training begins from.
    func initialNetwork(seed: UInt64, on material: StudyMaterial) -> Network {
        var weights = training.initialisation.weights(seed: seed)
        let network = Network(
            architecture: material.architecture(shape), initialisedFrom: &weights,
            InitialWeights(training.initialWeights.values))
        guard training.rounding != 0 else { return network }
        var moves = NativeStream(seed: seed).child("rounding").child(UInt64(bitPattern: Int64(training.rounding)))
        return network.movedByRounding(&moves)
    }
}
