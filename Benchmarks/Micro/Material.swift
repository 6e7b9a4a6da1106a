import Measures
import Networks
import Randomness
import Training

/// What the benchmarks work on: the network of the pair-proxy studies, 784-64-8-10, on 250 synthetic images.
struct Material {
    let training: LabelledPoints
    /// As many as MNIST and Fashion-MNIST have.
    let test: LabelledPoints
    /// Untrained.
    let fresh: Network
    /// Trained until it has memorised the training points, at most 500 epochs.
    let trained: Network
    let probes: [Float]

    static let epochOrder = TorchCUDAStream(seed: 1)

    init() {
        var images = SyntheticImages(seed: 1)
        training = images.next(250)
        probes = images.next(100).inputs
        test = images.next(10_000)
        var weights = TorchCPUStream(seed: 1)
        fresh = Network(architecture: Architecture(widths: [784, 64, 8, 10]), initialisedFrom: &weights)
        var network = fresh
        var order = Self.epochOrder
        let recipe = Recipe(
            learningRate: 0.1, batchSize: 64, maximumEpochs: 500,
            stopping: StoppingRule(interval: 10, accuracy: 0.9999))
        // Training that fails leaves the network untrained; the pair proxy then says that nothing is separable.
        _ = try? network.train(on: training, recipe: recipe, order: &order)
        trained = network
    }

    /// The trained network, with nothing computed yet.
    func subject() -> Subject {
        Subject(
            network: trained, training: training, test: test, unseen: .none(inputSize: training.inputSize),
            probes: probes,
            position: 0, seed: 1, epochs: 0)
    }
}
