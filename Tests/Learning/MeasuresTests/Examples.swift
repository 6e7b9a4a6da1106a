import Measures
import Networks
import Parameters
import Randomness

extension Network {
    /// A network with weights and biases between -0.8 and 0.8.
    static func random(_ widths: [Int], seed: UInt64 = 1, _ activation: Activation = .relu) -> Network {
        let architecture = Architecture(widths: widths, activation: activation)
        var stream = NativeStream(seed: seed)
        return Network(
            architecture: architecture,
            parameters: stream.uniforms(count: architecture.parameterCount, low: -0.8, high: 0.8))
    }
}

extension LabelledPoints {
    /// Points with inputs between -1 and 1 and labels that take turns.
    static func random(_ count: Int, inputSize: Int, classCount: Int, seed: UInt64 = 1) -> LabelledPoints {
        var stream = NativeStream(seed: seed).child("points")
        return LabelledPoints(
            inputs: stream.uniforms(count: count * inputSize, low: -1, high: 1),
            labels: (0..<count).map { UInt8($0 % classCount) }, inputSize: inputSize)
    }

    static func none(inputSize: Int) -> LabelledPoints { .init(inputs: [], labels: [], inputSize: inputSize) }

    /// The points of a range.
    func part(_ range: Range<Int>) -> LabelledPoints {
        LabelledPoints(
            inputs: Array(inputs[range.lowerBound * inputSize..<range.upperBound * inputSize]),
            labels: Array(labels[range]), inputSize: inputSize)
    }
}

extension PointList {
    /// Points with random bytes and random labels; each is image 2 i + 1 of its own data.
    static func random(_ count: Int, inputSize: Int, classCount: Int, seed: UInt64 = 1) -> PointList {
        var stream = NativeStream(seed: seed).child("list")
        return PointList(
            pixels: (0..<2 * count * inputSize).map { _ in UInt8(stream.below(256)) },
            labels: (0..<2 * count).map { _ in UInt8(stream.below(UInt64(classCount))) }, inputSize: inputSize,
            at: (0..<count).map { 2 * $0 + 1 })
    }
}

extension Subject {
    /// A subject of which only some parts matter.
    convenience init(
        _ network: Network, training: LabelledPoints, cleanLabels: [UInt8]? = nil, test: LabelledPoints? = nil,
        unseen: PointList? = nil,
        probes: [Float] = [], position: Int = 0, seed: UInt64 = 0, epochs: Int = 0,
        history: TrainingHistory = TrainingHistory(),
        initialNetwork: (() -> Network)? = nil
    ) {
        self.init(
            network: network, training: training, cleanLabels: cleanLabels,
            test: test ?? .none(inputSize: training.inputSize),
            unseen: unseen ?? .none(inputSize: training.inputSize), probes: probes, position: position, seed: seed,
            epochs: epochs, history: history, initialNetwork: initialNetwork)
    }
}

extension TrainingHistory {
    /// Of 30 epochs.
    static let example = TrainingHistory(
        [(0, 2.3, 5), (1, 1.5, 4), (4, 0.5, 2), (16, 0.08, 1), (30, 0.02, 0.25)].map { epoch, loss, noise in
            Entry(
                epoch: epoch,
                values: [.trainLoss: loss, .trainAccuracy: 1 - loss / 3, .gradientNoise: noise])
        })
}

extension Measure {
    /// The measure's value for a subject, with the measure's defaults.
    static func value(_ subject: Subject, stating options: [String: ParameterValue] = [:]) -> Double? {
        Self(stating: options).evaluate(subject).value
    }
}
