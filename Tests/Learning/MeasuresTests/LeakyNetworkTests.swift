import LinearAlgebra
import Measures
import Networks
import Parameters
import Testing

/// Measures of networks with leaky ReLUs: what is computed of passes and of their derivatives knows the slope.
@Suite struct LeakyNetworkTests {
    private static let slope: Float = 0.3
    private let network = Network.random([3, 5, 4, 3], seed: 31, .leakyReLU(slope: slope))
    private let points = LabelledPoints.random(9, inputSize: 3, classCount: 3, seed: 32)

    private func direction(_ seed: Int) -> [Double] {
        (0..<network.parameters.count).map { Double(($0 * 37 + seed * 11) % 17) / 17 - 0.5 }
    }

    @Test("Products with the Hessian, its diagonal and vᵀ H v are those of the dense one")
    func hessian() {
        let hessian = DenseHessian(network, points)
        let view = PointView(Float64Network(network), points)
        for seed in 0..<3 {
            let v = direction(seed)
            let found = HessianProduct(view).times(v)
            for row in 0..<hessian.size {
                let expected = (0..<hessian.size).reduce(0) { $0 + hessian[row, $1] * v[$1] }
                #expect(abs(found[row] - expected) < 1e-12)
            }
            let single = v.map(Float.init)
            let (value, scale) = hessian.quadraticForm(single)
            let along = SecondDirectionalDerivative(network: network, points: points).along(single)
            #expect(abs(along - value) < 1e-5 * scale)
        }
        let diagonal = HessianDiagonal(
            of: Float64Network(network), loss: .crossEntropy, on: points.inputs.map(Double.init), count: points.count)
        for place in 0..<hessian.size { #expect(abs(diagonal.values[place] - hessian[place, place]) < 1e-12) }
        // The slope matters: with ReLUs the same parameters have another Hessian.
        let rectified = Network(architecture: Architecture(widths: [3, 5, 4, 3]), parameters: network.parameters)
        #expect(abs(DenseHessian(rectified, points).trace - hessian.trace) > 1e-3)
    }

    /// A network whose slope is 1 is affine: one layer computes the same function.
    @Test(
        "A measure of the function alone has one value for a network of slope 1 and for its single layer",
        arguments: [
            "train_loss", "train_accuracy", "test_accuracy", "mixup_error", "input_margin", "jacobian_norm",
            "prediction_entropy", "segment_class_changes", "geometric_complexity", "average_confidence",
            "label_complexity", "unseen_input_margin", "margin_percentile",
        ])
    func affine(id: String) throws {
        let deep = Network.random([4, 6, 5, 3], seed: 11, .leakyReLU(slope: 1))
        let single = collapsed(deep)
        let training = labelled(.random(60, inputSize: 4, classCount: 3, seed: 3), by: deep)
        func value(_ network: Network) throws -> Double {
            let subject = Subject(
                network, training: training, test: .random(50, inputSize: 4, classCount: 3, seed: 4),
                unseen: .random(300, inputSize: 4, classCount: 3, seed: 6),
                probes: LabelledPoints.random(15, inputSize: 4, classCount: 3, seed: 5).inputs, epochs: 30)
            return try #require(MeasureCatalogue.measure(id).init().evaluate(subject).value)
        }
        let (of, expected) = try (value(deep), value(single))
        #expect(abs(of - expected) <= 1e-4 * max(abs(expected), 1e-3), "\(of) and \(expected)")
        let rectified = Network(architecture: Architecture(widths: [4, 6, 5, 3]), parameters: deep.parameters)
        if id.hasSuffix("loss") || id.hasSuffix("norm") { #expect(try abs(value(rectified) - of) > 1e-3) }
    }

    @Test("No measure takes a leaky network for one with ReLUs", arguments: MeasureCatalogue.all.map { $0.about.id })
    func slopes(id: String) throws {
        // Of the weights and the training's history alone, or of counts that may agree.
        let measure = try MeasureCatalogue.measure(id)
        let reads = measure.about.reads
        guard reads.contains(.trainingInputs) || reads.contains(.unseenInputs) else { return }
        func evaluate(_ activation: Activation, seed: UInt64) -> MeasuredValue {
            let network = Network.random([4, 9, 8, 3], seed: seed, activation)
            let training = labelled(.random(60, inputSize: 4, classCount: 3, seed: 3), by: network)
            let subject = Subject(
                network, training: training, cleanLabels: training.labels.map { ($0 + 1) % 3 },
                test: .random(50, inputSize: 4, classCount: 3, seed: 4),
                unseen: .random(300, inputSize: 4, classCount: 3, seed: 6),
                probes: LabelledPoints.random(25, inputSize: 4, classCount: 3, seed: 5).inputs, epochs: 30,
                initialNetwork: { .random([4, 9, 8, 3], seed: seed + 50, activation) })
            return measure.init().evaluate(subject)
        }
        // Of points that take their labels from the network itself.
        let settled: Set = ["train_accuracy", "clean_train_accuracy", "noise_memorised"]
        let differs = (1...12 as ClosedRange<UInt64>).contains { seed in
            let (leaky, rectified) = (evaluate(.leakyReLU(slope: 0.4), seed: seed), evaluate(.relu, seed: seed))
            return leaky.value != rectified.value
        }
        #expect(differs || settled.contains(id) || evaluate(.relu, seed: 1).value == nil)
    }

    private func labelled(_ points: LabelledPoints, by network: Network) -> LabelledPoints {
        let logits = network.featuresAndLogits(of: points).logits
        let labels = points.labels.indices.map { point in
            let scores = Array(logits[point * 3..<(point + 1) * 3])
            return UInt8(scores.firstIndex(of: scores.max() ?? 0) ?? 0)
        }
        return LabelledPoints(inputs: points.inputs, labels: labels, inputSize: 4)
    }

    /// The single layer of a network whose activation is the identity.
    private func collapsed(_ network: Network) -> Network {
        var weights: [[Double]] = (0..<4).map { i in (0..<4).map { $0 == i ? 1 : 0 } }
        var biases = [Double](repeating: 0, count: 4)
        for layer in network.architecture.layers {
            func weight(_ j: Int, _ i: Int) -> Double { Double(network.parameters[layer.row(j).lowerBound + i]) }
            biases = (0..<layer.outputs).map { j in
                (0..<layer.inputs).reduce(Double(network.parameters[layer.biasOffset + j])) {
                    $0 + weight(j, $1) * biases[$1]
                }
            }
            weights = (0..<layer.outputs).map { j in
                (0..<4).map { k in (0..<layer.inputs).reduce(0.0) { $0 + weight(j, $1) * weights[$1][k] } }
            }
        }
        return Network(
            architecture: Architecture(widths: [4, 3]),
            parameters: weights.flatMap { $0.map(Float.init) } + biases.map(Float.init))
    }
}
