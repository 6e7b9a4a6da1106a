import Networks
import Randomness
import Testing
import Training

@Suite struct TrainingNoiseTests {
    private let points = LabelledPoints.random(150, inputSize: 21, classCount: 3, blank: [0, 4, 20]).sparse()
    private let stream = NativeStream(seed: 8).child("noise")

    private func network(_ activation: Activation = .relu) -> Network {
        var stream = NativeStream(seed: 2)
        return Network(
            architecture: Architecture(widths: [21, 18, 7, 3], activation: activation), initialisedFrom: &stream)
    }

    private func trained(
        _ recipe: Recipe, noise: NativeStream? = nil, from start: Network? = nil,
        goingOnFrom progress: TrainingProgress? = nil, isFused: Bool = true,
        afterEpoch: (Int, () -> TrainingProgress) -> Bool = { _, _ in true }
    ) throws -> Network {
        var (network, order) = (start ?? network(), NativeStream(seed: 3))
        _ = try network.train(
            on: points, recipe: recipe, order: &order, noise: noise ?? stream, goingOnFrom: progress, isFused: isFused,
            afterEpoch: afterEpoch)
        return network
    }

    private func recipe(_ noise: TrainingNoise, batchSize: Int = 40, epochs: Int = 3) -> Recipe {
        Recipe(learningRate: 0.2, batchSize: batchSize, maximumEpochs: epochs, noise: noise)
    }

    static let noises: [TrainingNoise] = [
        .init(dropout: 0.5), .init(inputDeviation: 0.3), .init(dropout: 0.2, inputDeviation: 0.1),
    ]

    /// Draws a step's noise as its documentation says: the inputs', pair by pair, then each layer's units.
    private func draw(
        _ noise: TrainingNoise, _ batch: [Int], _ stream: inout NativeStream, into slow: inout SlowDescent
    ) {
        (slow.added, slow.factors) = ([:], [:])
        if noise.inputDeviation > 0 {
            for point in batch {
                slow.added[point] = (0..<21).map { _ in Float(noise.inputDeviation * stream.normal()) }
            }
        }
        guard noise.dropout > 0 else { return }
        for width in [18, 7] {
            for point in batch {
                let factors = (0..<width).map { _ in
                    Double(stream.next32() >> 8) * 0x1p-24 < 1 - noise.dropout ? Float(1 / (1 - noise.dropout)) : 0
                }
                slow.factors[point, default: []].append(factors)
            }
        }
    }

    @Test(
        "Steps under noise are those of a slow descent with the same noise",
        arguments: noises, [Activation.relu, .leakyReLU(slope: 0.1)])
    func slow(noise: TrainingNoise, activation: Activation) throws {
        let start = network(activation)
        for isFused in [true, false] {
            let fast = try trained(recipe(noise), from: start, isFused: isFused)
            var (slow, order) = (SlowDescent(start), NativeStream(seed: 3))
            for epoch in 0..<3 {
                let permutation = order.permutation(of: points.count)
                var draws = stream.child(UInt64(epoch))
                for first in stride(from: 0, to: points.count, by: 40) {
                    let batch = Array(permutation[first..<min(first + 40, points.count)])
                    draw(noise, batch, &draws, into: &slow)
                    let gradient = slow.gradient(points, batch)
                    for place in gradient.indices { slow.parameters[place] -= 0.2 * gradient[place] }
                }
            }
            let distance = zip(fast.parameters, slow.parameters).map { abs(Double($0) - $1) }.max() ?? 1
            #expect(distance < 1e-5)
            #expect(try fast != trained(recipe(.init()), from: start))
        }
    }

    @Test("A slow descent's gradient under noise is its loss's slope", arguments: noises)
    func oracle(noise: TrainingNoise) {
        var (slow, draws) = (SlowDescent(network(.leakyReLU(slope: 0.2))), stream)
        let batch = Array(10..<22)
        draw(noise, batch, &draws, into: &slow)
        for (own, expected) in zip(slow.gradient(points, batch), slow.numericalGradient(points, batch)) {
            #expect(abs(own - expected) < 1e-6)
        }
    }

    @Test("Noise broken off after any epoch goes on to the same bits", arguments: noises)
    func goesOn(noise: TrainingNoise) throws {
        let recipe = recipe(noise, epochs: 5)
        let whole = try trained(recipe)
        for epochs in 1...4 {
            var broken: TrainingProgress?
            #expect(throws: TrainingFailure.cancelled) {
                try trained(recipe) { done, progress in
                    if done == epochs { broken = progress() }
                    return done < epochs
                }
            }
            let progress = try #require(broken)
            #expect(try trained(recipe, goingOnFrom: progress) == whole)
        }
    }

    @Test("Noise hangs on its stream, and none on nothing")
    func streams() throws {
        for noise in Self.noises {
            let other = NativeStream(seed: 8).child("other")
            #expect(try trained(recipe(noise)) == trained(recipe(noise)))
            #expect(try trained(recipe(noise)) != trained(recipe(noise), noise: other))
        }
        #expect(try trained(recipe(.init())) == trained(recipe(.init()), noise: NativeStream(seed: 1)))
    }

    @Test("A sharpness-aware step under dropout climbs and descends one function")
    func sharpnessAware() throws {
        // With the units of both passes drawn apart, a radius of almost nothing would not give plain descent's step.
        var recipe = recipe(.init(dropout: 0.5), batchSize: 150, epochs: 1)
        let plain = try trained(recipe, isFused: false)
        recipe.rule = try UpdateRuleCatalogue.rule("sam", stated: ["radius": .number(1e-6)])
        let aware = try trained(recipe)
        let distance = zip(plain.parameters, aware.parameters).map { abs($0 - $1) }.max() ?? 1
        #expect(distance < 1e-4)
    }

    @Test("A stopping rule looks at the network without noise")
    func stopping() throws {
        var recipe = recipe(.init(dropout: 0.9, inputDeviation: 2), epochs: 1)
        let network = try trained(recipe)
        let loss = network.classification(of: points).loss
        for (bound, isMet) in [(loss * 1.0001, true), (loss * 0.9999, false)] {
            recipe.stopping = StoppingRule(interval: 1, loss: bound)
            var (again, order) = (self.network(), NativeStream(seed: 3))
            let outcome = try again.train(on: points, recipe: recipe, order: &order, noise: stream)
            #expect(outcome.memorised == isMet)
        }
    }
}
