import Definitions
import Measures
import Networks
import Randomness
import TheoryLabs
import Training

/// Times networks of each kind once, and a lab's models once a configuration.
struct Calibration {
    struct Cost {
        /// For all epochs.
        var training = 0.0
        var measuring = 0.0
        var weightBytes = 0
        var measureBytes = 0
    }

    private struct TrainingKind: Hashable {
        let dataset: String
        let network: NetworkSpecification
        let batchSize: Int
        let points: Int
    }

    private struct MeasuringKind: Hashable {
        let data: DataSpecification
        let network: NetworkSpecification
    }

    /// A row of a measurement with its index, as SQLite stores it.
    private static let measurementBytes = 200
    /// Points that are trained on to find out how fast that is.
    private static let points = 4096

    let measures: PreparedMeasures
    private var secondsPerPoint: [TrainingKind: Double] = [:]
    private var measuring: [MeasuringKind: (seconds: Double, bytes: Int)] = [:]

    init(measures: PreparedMeasures) { self.measures = measures }

    mutating func cost(of configuration: Configuration, _ materials: StudyMaterials) -> Cost {
        switch configuration.model {
        case .network(let network): cost(of: network, on: materials.material(of: network.data))
        case .lab(let lab): cost(of: lab, seed: configuration.seeds.first ?? 0)
        }
    }

    /// One model, made and measured.
    private func cost(of lab: LabSpecification, seed: UInt64) -> Cost {
        let (clock, start) = (ContinuousClock(), ContinuousClock.now)
        _ = try? lab.prepared().measurements(of: measures.single.map(\.id), seed: seed)
        return Cost(
            measuring: (clock.now - start).inSeconds, measureBytes: measures.single.count * Self.measurementBytes)
    }

    private mutating func cost(of network: NetworkModelSpecification, on material: StudyMaterial) -> Cost {
        let architecture = material.architecture(network.shape)
        var stream = StreamKind.native.weights(seed: 0)
        let untrained = Network(architecture: architecture, initialisedFrom: &stream)
        let kind = TrainingKind(
            dataset: network.data.dataset, network: network.shape,
            batchSize: network.training.batchSize, points: min(material.training.count, Self.points))
        let perPoint = secondsPerPoint[kind] ?? Self.secondsPerPoint(untrained, network.training, material.training)
        secondsPerPoint[kind] = perPoint
        let measureKind = MeasuringKind(data: network.data, network: network.shape)
        let measured = measuring[measureKind] ?? measure(untrained, on: material)
        measuring[measureKind] = measured
        return Cost(
            training: perPoint * Double(material.training.count) * Double(network.training.epochs),
            measuring: measured.seconds, weightBytes: 4 * architecture.parameterCount, measureBytes: measured.bytes)
    }

    /// The time of two epochs that follow a first one, so that setting up does not count; of three tries the least, of
    /// one epoch and of three.
    ///
    /// The learning rate is made small: a network that diverges would stop, and the time does not depend on it.
    private static func secondsPerPoint(
        _ network: Network, _ training: TrainingSpecification, _ points: LabelledPoints
    ) -> Double {
        let some = points.selected(0..<min(points.count, Self.points))
        func seconds(epochs: Int) -> Double {
            var recipe = training.recipe
            recipe.learningRate = min(recipe.learningRate, 1e-3)
            recipe.maximumEpochs = epochs
            recipe.stopping = nil
            var order = training.order.permutations(seed: 0, purpose: "epoch-order")
            var network = network
            let (clock, start) = (ContinuousClock(), ContinuousClock.now)
            _ = try? network.train(on: some, recipe: recipe, order: &order)
            return (clock.now - start).inSeconds
        }
        func least(epochs: Int) -> Double { (0..<3).map { _ in seconds(epochs: epochs) }.min() ?? 0 }
        let (one, three) = (least(epochs: 1), least(epochs: 3))
        // Where other work disturbs epochs of microseconds, setting up counts too, rather than training for nothing.
        return three > one ? (three - one) / Double(2 * some.count) : three / Double(3 * some.count)
    }

    private func measure(_ network: Network, on material: StudyMaterial) -> (seconds: Double, bytes: Int) {
        let subject = Subject(
            network: network, training: material.training, test: material.test, unseen: material.unseen,
            probes: material.probes, position: 0, seed: 0, epochs: 0)
        let (clock, start) = (ContinuousClock(), ContinuousClock.now)
        for measure in measures.single { _ = measure.record(of: subject) }
        let kept = measures.population.reduce(0) { $0 + $1.measure.keep(subject).count }
        let rows = measures.single.count + measures.population.count
        return ((clock.now - start).inSeconds, kept + rows * Self.measurementBytes)
    }
}
