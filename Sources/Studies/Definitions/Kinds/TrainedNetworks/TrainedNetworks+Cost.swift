import Measures
import Networks
import Randomness
import Training

extension NetworkMaker {
    private struct TrainingKind: Hashable {
        let dataset: String
        let network: NetworkSpecification
        let rule: UpdateRuleSpecification
        let noise: OptionalSettings
        let batchSize: Int
        let points: Int
    }

    private struct MeasuringKind: Hashable {
        let data: DataSpecification
        let network: NetworkSpecification
    }

    private struct HistoryKind: Hashable {
        let data: DataSpecification
        let network: NetworkSpecification
        let quantities: Set<TrainingHistory.Quantity>
    }

    /// Points that are trained on to find out how fast that is.
    private static let points = 4096

    func cost(of measures: StudyMeasures, seed: UInt64, timings: inout Timings) -> ModelCost {
        let architecture = material.architecture(networks.shape)
        // Drawn where something is timed; of most models nothing is.
        func untrained() -> Network {
            var stream = StreamKind.native.weights(seed: 0)
            return Network(architecture: architecture, initialisedFrom: &stream)
        }
        let kind = TrainingKind(
            dataset: networks.points.dataset, network: networks.shape, rule: networks.training.rule,
            noise: networks.training.noise, batchSize: Self.timedBatchSize(networks.training.batchSize),
            points: min(material.training.count, Self.points))
        let perPoint = timings.of(kind) { (secondsPerPoint(untrained(), batchSize: kind.batchSize), 0) }.seconds
        let measured = timings.of(MeasuringKind(data: networks.points, network: networks.shape)) {
            MeasurableNetwork(
                subject: material.subject(untrained(), of: networks, position: 0, seed: 0, epochs: 0)
            ).cost(of: measures)
        }
        let history = historyCost(untrained(), timings: &timings)
        return ModelCost(
            training: perPoint * Double(material.training.count) * Double(networks.training.epochs) + history.seconds,
            measuring: measured.seconds, weightBytes: 4 * architecture.parameterCount, measureBytes: measured.bytes,
            entryBytes: history.entryBytes)
    }

    /// The largest of 1, 2, 3, 4, 6, 8, 12, … up to a batch size: a grid of a hundred sizes is timed at a dozen.
    /// A point of a smaller batch seldom costs less, so that what is planned errs upwards.
    static func timedBatchSize(_ size: Int) -> Int {
        var power = 1
        while 2 * power <= size { power *= 2 }
        return power + power / 2 <= size ? power + power / 2 : power
    }

    /// The time of two epochs that follow a first one, so that setting up does not count; of three tries the least, of
    /// one epoch and of three.
    ///
    /// The learning rate is made small: a network that diverges would stop, and the time does not depend on it.
    private func secondsPerPoint(_ network: Network, batchSize: Int) -> Double {
        let some = material.training.selected(0..<min(material.training.count, Self.points))
        func seconds(epochs: Int) -> Double {
            var recipe = networks.training.recipe
            recipe.learningRate = min(recipe.learningRate, 1e-3)
            recipe.batchSize = batchSize
            recipe.maximumEpochs = epochs
            recipe.stopping = nil
            var order = networks.training.order.permutations(seed: 0, purpose: "epoch-order")
            var network = network
            let start = ContinuousClock.now
            _ = try? network.train(on: some, recipe: recipe, order: &order)
            return (ContinuousClock.now - start) / .seconds(1)
        }
        func least(epochs: Int) -> Double { (0..<3).map { _ in seconds(epochs: epochs) }.min() ?? 0 }
        let (one, three) = (least(epochs: 1), least(epochs: 3))
        // Where other work disturbs epochs of microseconds, setting up counts too, rather than training for nothing.
        return three > one ? (three - one) / Double(2 * some.count) : three / Double(3 * some.count)
    }

    /// Of what is written down on the way to the last epoch.
    private func historyCost(_ network: @autoclosure () -> Network, timings: inout Timings) -> (
        seconds: Double, entryBytes: Int
    ) {
        guard let history = networks.history else { return (0, 0) }
        let kind = HistoryKind(data: networks.points, network: networks.shape, quantities: history.quantities)
        let entry = timings.of(kind) {
            let subject = material.subject(network(), of: networks, position: 0, seed: 0, epochs: 0)
            let start = ContinuousClock.now
            _ = subject.entry(history.quantities)
            return ((ContinuousClock.now - start) / .seconds(1), ModelCost.measurementBytes)
        }
        let count = history.count(upTo: networks.training.epochs)
        return (entry.seconds * Double(count), entry.bytes)
    }
}
