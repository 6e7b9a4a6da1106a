import Networks
import Randomness
import Testing
import Training

@Suite struct StoppingTests {
    private let points = LabelledPoints.easy(40)

    private func train(
        epochs: Int, stopping: StoppingRule? = nil, on points: LabelledPoints? = nil
    ) throws -> (network: Network, outcome: TrainingOutcome) {
        var network = Network.fresh([3, 4, 2])
        var order = NativeStream(seed: 6)
        let recipe = Recipe(learningRate: 0.2, batchSize: 12, maximumEpochs: epochs, stopping: stopping)
        let outcome = try network.train(on: points ?? self.points, recipe: recipe, order: &order)
        return (network, outcome)
    }

    /// The share of the first points that the network classifies correctly.
    private func accuracy(_ network: Network, onFirst count: Int, of points: LabelledPoints) -> Double {
        let part = LabelledPoints(
            inputs: Array(points.inputs.prefix(count * points.inputSize)), labels: Array(points.labels.prefix(count)),
            inputSize: points.inputSize)
        return network.classification(of: part).accuracy
    }

    @Test("Training stops after the first multiple of the interval that meets the accuracy", arguments: [1, 3, 4, 7])
    func firstMultiple(interval: Int) throws {
        let wanted = 0.95
        let epochs = try (1...60).filter { try accuracy(train(epochs: $0).network, onFirst: 40, of: points) >= wanted }
        let expected = try #require(epochs.first { $0 % interval == 0 })
        let (network, outcome) = try train(epochs: 60, stopping: StoppingRule(interval: interval, accuracy: wanted))
        #expect((outcome.epochs, outcome.memorised) == (expected, true))
        #expect(network == (try train(epochs: expected).network))
        #expect(expected > interval)
    }

    @Test("An accuracy that is met at once stops training after the first interval, one that is met exactly too")
    func atOnce() throws {
        #expect(try train(epochs: 60, stopping: StoppingRule(interval: 5, accuracy: 0)).outcome.epochs == 5)
        let after = try train(epochs: 5).network
        let exactly = accuracy(after, onFirst: 40, of: points)
        #expect(try train(epochs: 60, stopping: StoppingRule(interval: 5, accuracy: exactly)).outcome.epochs == 5)
    }

    @Test("An accuracy that is never met leaves training to its last epoch, not memorised")
    func never() throws {
        let outcome = try train(epochs: 9, stopping: StoppingRule(interval: 2, accuracy: 1.01)).outcome
        #expect((outcome.epochs, outcome.memorised) == (9, false))
    }

    @Test("An interval beyond the last epoch is never looked at")
    func longInterval() throws {
        let outcome = try train(epochs: 9, stopping: StoppingRule(interval: 10, accuracy: 0)).outcome
        #expect((outcome.epochs, outcome.memorised) == (9, false))
    }

    @Test("A rule on the first points ignores the others", arguments: [5, 17, 30])
    func subset(count: Int) throws {
        // The last points have wrong labels, so all together never reach the accuracy.
        let spoilt = LabelledPoints(
            inputs: points.inputs, labels: points.labels.enumerated().map { $0 < 36 ? $1 : 1 - $1 }, inputSize: 3)
        let epochs = try (1...80).filter {
            try accuracy(train(epochs: $0, on: spoilt).network, onFirst: count, of: spoilt) == 1
        }
        let expected = try #require(epochs.first)
        let rule = StoppingRule(interval: 1, accuracy: 1, points: count)
        let outcome = try train(epochs: 80, stopping: rule, on: spoilt).outcome
        #expect((outcome.epochs, outcome.memorised) == (expected, true))
        let all = StoppingRule(interval: 1, accuracy: 1)
        #expect(try train(epochs: 80, stopping: all, on: spoilt).outcome.memorised == false)
    }

    @Test("Training stops after the first epoch whose loss is no larger, and nothing else changes")
    func loss() throws {
        func loss(_ network: Network) -> Double { network.classification(of: points).loss }
        let losses = try (1...60).map { try loss(train(epochs: $0).network) }
        let wanted = losses[29]
        let expected = try #require(losses.firstIndex { $0 <= wanted * 1.000_001 }) + 1
        let (network, outcome) = try train(epochs: 60, stopping: StoppingRule(interval: 1, loss: wanted * 1.000_001))
        #expect((outcome.epochs, outcome.memorised) == (expected, true))
        #expect(network == (try train(epochs: expected).network))
        #expect(expected > 5)
    }

    @Test("A rule with an accuracy and a loss waits for both")
    func both() throws {
        let accurate = try train(epochs: 200, stopping: StoppingRule(interval: 1, accuracy: 1)).outcome
        let small = try train(epochs: 200, stopping: StoppingRule(interval: 1, loss: 0.05)).outcome
        #expect(accurate.memorised && small.memorised && accurate.epochs < small.epochs)
        let both = StoppingRule(interval: 1, accuracy: 1, loss: 0.05)
        #expect(try train(epochs: 200, stopping: both).outcome == small)
        let loose = StoppingRule(interval: 1, accuracy: 1, loss: 1)
        #expect(try train(epochs: 200, stopping: loose).outcome == accurate)
    }

    @Test("A rule on more points than there are looks at all of them")
    func moreThanAll() throws {
        let all = try train(epochs: 60, stopping: StoppingRule(interval: 1, accuracy: 0.95)).outcome
        let more = try train(epochs: 60, stopping: StoppingRule(interval: 1, accuracy: 0.95, points: 10_000)).outcome
        #expect(more == all)
        #expect(all.memorised)
    }
}
