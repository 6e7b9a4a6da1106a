import Measures
import Networks
import Parameters
import Randomness
import Testing

@Suite struct HutchinsonTraceTests {
    private let network = Network.random([3, 5, 4, 3], seed: 2)
    private let points = LabelledPoints.random(6, inputSize: 3, classCount: 3)

    private func estimate(
        probes: Int? = nil, stream: String = "native", seed: Int = 0, offset: Int? = nil, position: Int = 0,
        networkSeed: UInt64 = 0
    ) -> MeasuredValue {
        var options = ["seed": .integer(seed), "stream": .word(stream)] as [String: ParameterValue]
        options["probes"] = probes.map(ParameterValue.integer)
        options["offset"] = offset.map(ParameterValue.integer)
        return HutchinsonTrace(stating: options).evaluate(
            Subject(network, training: points, position: position, seed: networkSeed))
    }

    // MARK: The estimate

    @Test("Many probes recover the exact trace within three standard errors", arguments: ["native", "torch-cuda"])
    func recoversTrace(stream: String) throws {
        let exact = DenseHessian(network, points).trace
        for seed in [0, 1, 2] {
            let estimate = estimate(probes: 4000, stream: stream, seed: seed)
            let value = try #require(estimate.value)
            #expect(abs(value - exact) <= 3 * estimate.standardError)
            #expect(estimate.standardError < 0.03 * exact)
        }
    }

    @Test("The standard error is that of the law: sqrt(2 Σ_{i≠j} H_ij² / probes)", arguments: [500, 2000, 8000])
    func standardError(probes: Int) {
        let expected = (DenseHessian(network, points).signProbeVariance / Double(probes)).squareRoot()
        let found = estimate(probes: probes).standardError
        #expect(abs(found / expected - 1) < 0.15)
    }

    @Test("The standard error shrinks as one over the root of the number of probes")
    func shrinks() {
        let ratio = estimate(probes: 500).standardError / estimate(probes: 8000).standardError
        #expect(abs(ratio - 4) < 0.5)
    }

    @Test("Thirty probes are drawn when nothing is said, and counted as the effort")
    func defaults() {
        #expect(estimate().effort == 30)
        #expect(estimate() == estimate(probes: 30))
        #expect(HutchinsonTrace().evaluate(Subject(network, training: points)) == estimate(probes: 30))
        #expect(estimate(probes: 7).effort == 7)
    }

    @Test("With fewer points than there are, the loss is over the first of a permutation of the network's own")
    func subset() throws {
        let many = LabelledPoints.random(40, inputSize: 3, classCount: 3, seed: 9)
        func estimate(_ points: LabelledPoints, limit: Int?, seed: Int = 5, stream: String = "native") -> MeasuredValue
        {
            var options = ["seed": .integer(seed), "stream": .word(stream)] as [String: ParameterValue]
            options["points"] = limit.map(ParameterValue.integer)
            return HutchinsonTrace(stating: options).evaluate(Subject(network, training: points))
        }
        var stream = NativeStream(seed: 5).child("hutchinson-points").child(0)
        let chosen = stream.permutation(of: 40).prefix(12)
        let subset = LabelledPoints(
            inputs: chosen.flatMap { many.part($0..<$0 + 1).inputs }, labels: chosen.map { many.labels[$0] },
            inputSize: 3)
        for name in ["native", "torch-cuda"] {
            let limited = estimate(many, limit: 12, stream: name)
            #expect(limited.value == estimate(subset, limit: nil, stream: name).value)
            #expect(limited.standardError > estimate(subset, limit: nil, stream: name).standardError)
            #expect(limited != estimate(many, limit: nil, stream: name))
        }
        #expect(estimate(many, limit: 40) == estimate(many, limit: nil))
        #expect(estimate(many, limit: 1000) == estimate(many, limit: nil))
    }

    @Test("The standard error of a subset covers the choice of its points")
    func subsetStandardError() throws {
        let many = LabelledPoints.random(40, inputSize: 3, classCount: 3, seed: 9)
        let exact = DenseHessian(network, many).trace
        let options: [String: ParameterValue] = ["points": 15, "probes": 60]
        let squares = try (0..<400).map { seed in
            let estimate = HutchinsonTrace(stating: options).evaluate(
                Subject(network, training: many, seed: UInt64(seed)))
            let deviation = (try #require(estimate.value) - exact) / estimate.standardError
            return deviation * deviation
        }
        // The mean square of 400 standardised deviations is 1 ± 0.07; small subsets have heavier tails.
        let mean = squares.reduce(0, +) / 400
        #expect((0.8...1.3).contains(mean), "mean square \(mean)")
    }

    // MARK: Its streams

    @Test("Native probes depend on the network's seed and the stream's, not on the network's place")
    func native() {
        #expect(estimate(position: 0) == estimate(position: 17))
        #expect(estimate(networkSeed: 0) != estimate(networkSeed: 1))
        #expect(estimate(seed: 0) != estimate(seed: 1))
    }

    @Test("On torch-cuda a network begins where its predecessors' probes end: four words a tensor and probe")
    func torchCUDA() {
        let tensors = 6
        for position in [1, 2, 9] {
            let later = estimate(probes: 5, stream: "torch-cuda", seed: 99, offset: 40_960, position: position)
            let moved = estimate(
                probes: 5, stream: "torch-cuda", seed: 99, offset: 40_960 + position * 5 * 4 * tensors)
            #expect(later == moved)
            #expect(later != estimate(probes: 5, stream: "torch-cuda", seed: 99, offset: 40_960))
        }
        // The seed of the network's training is no part of it.
        let plain = estimate(probes: 5, stream: "torch-cuda")
        #expect(plain == estimate(probes: 5, stream: "torch-cuda", networkSeed: 1))
        #expect(plain == estimate(probes: 5, stream: "torch-cuda", offset: 0))
    }

    @Test("On torch-cuda the value is that of signs drawn tensor by tensor and the full Hessian")
    func torchCUDAByHand() throws {
        var stream = TorchCUDAStream(seed: 99, offset: 40_960)
        let hessian = DenseHessian(network, points)
        let forms = (0..<4).map { _ in
            let v = network.architecture.layers.flatMap {
                stream.signs(count: $0.weightCount) + stream.signs(count: $0.outputs)
            }
            return hessian.quadraticForm(v).value
        }
        let mean = forms.reduce(0, +) / 4
        let variance = forms.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3
        let found = estimate(probes: 4, stream: "torch-cuda", seed: 99, offset: 40_960)
        #expect(abs(try #require(found.value) - mean) < 1e-5)
        #expect(abs(found.standardError - (variance / 4).squareRoot()) < 1e-5)
    }
}
