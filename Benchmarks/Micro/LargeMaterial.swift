import Measures
import Networks
import Randomness
import Training

/// The network of the studies of batch sizes, 784-256-128-10, on 12,000 synthetic images, with 64,000 unseen ones.
struct LargeMaterial {
    let training: LabelledPoints
    let unseen: PointList
    /// Untrained.
    let fresh: Network
    /// After two epochs.
    let trained: Network

    init() {
        var images = SyntheticImages(seed: 2)
        training = images.next(12_000)
        unseen = images.nextList(64_000)
        var weights = TorchCPUStream(seed: 1)
        fresh = Network(architecture: Architecture(widths: [784, 256, 128, 10]), initialisedFrom: &weights)
        var network = fresh
        var order = Material.epochOrder
        _ = try? network.train(
            on: training, recipe: Recipe(learningRate: 0.01, batchSize: 64, maximumEpochs: 2), order: &order)
        trained = network
    }

    /// The trained network, with nothing computed yet.
    func subject() -> Subject {
        Subject(
            network: trained, training: training, test: training, unseen: unseen, probes: [], position: 0, seed: 1,
            epochs: 2)
    }

    /// What ensemble agreement keeps of networks that are right on some 85 points in 100: the number of points in 8
    /// bytes, low byte first, then a bit a point.
    static func members(networks: Int, points: Int) -> [PopulationMember] {
        var stream = NativeStream(seed: 3)
        return (0..<networks).map { network in
            var bytes = (0..<8).map { UInt8(truncatingIfNeeded: points >> (8 * $0)) }
            for start in stride(from: 0, to: points, by: 8) {
                let bits = (0..<min(8, points - start)).map { bit in stream.unit() < 0.85 ? UInt8(1) << UInt8(bit) : 0 }
                bytes.append(bits.reduce(0, |))
            }
            return PopulationMember(kept: bytes, network: "\(network)")
        }
    }
}
