import Networks
import Randomness
import Testing
import Training

@Suite struct FailureTests {
    private let points = LabelledPoints.random(10, inputSize: 3, classCount: 2)

    @Test(
        "A learning rate far too large diverges in the step after the first, which the error names",
        arguments: [
            (batchSize: 4, epoch: 1, step: 2), (batchSize: 10, epoch: 2, step: 1), (batchSize: 64, epoch: 2, step: 1),
        ])
    func diverged(batchSize: Int, epoch: Int, step: Int) throws {
        let before = Network.fresh([3, 2])
        var network = before
        var order = NativeStream(seed: 2)
        // Derivatives near 100 times this rate leave float32's range in the first step.
        let large = LabelledPoints(inputs: points.inputs.map { $0 * 1000 }, labels: points.labels, inputSize: 3)
        let failure = #expect(throws: TrainingFailure.self) {
            try network.train(
                on: large, recipe: Recipe(learningRate: 1e38, batchSize: batchSize, maximumEpochs: 5), order: &order)
        }
        #expect(failure == .diverged(epoch: epoch, step: step))
        #expect(network == before)
        #expect(failure?.description.contains("epoch \(epoch), step \(step)") == true)
    }

    @Test("A last step that leaves float32's range diverges too, though no later loss tells")
    func divergedAtTheEnd() throws {
        let before = Network.fresh([3, 2])
        var network = before
        var order = NativeStream(seed: 2)
        let large = LabelledPoints(inputs: points.inputs.map { $0 * 1000 }, labels: points.labels, inputSize: 3)
        let failure = #expect(throws: TrainingFailure.self) {
            try network.train(
                on: large, recipe: Recipe(learningRate: 1e38, batchSize: 10, maximumEpochs: 1), order: &order)
        }
        #expect(failure == .diverged(epoch: 1, step: 1))
        #expect(network == before)
    }

    @Test("Weights that are not finite from the start diverge in the first step")
    func alreadyNaN() throws {
        var network = Network.fresh([3, 4, 2])
        network.parameters[network.architecture.layers[1].biasOffset] = .nan
        var order = NativeStream(seed: 2)
        let failure = #expect(throws: TrainingFailure.self) {
            try network.train(
                on: points, recipe: Recipe(learningRate: 0.1, batchSize: 4, maximumEpochs: 5), order: &order)
        }
        #expect(failure == .diverged(epoch: 1, step: 1))
    }

    @Test("A cancelled training stops after that epoch and leaves the network as it was")
    func cancelled() throws {
        let before = Network.fresh([3, 4, 2])
        var network = before
        var order = RecordingOrder()
        var asked = 0
        let failure = #expect(throws: TrainingFailure.self) {
            try network.train(
                on: points, recipe: Recipe(learningRate: 0.1, batchSize: 4, maximumEpochs: 50), order: &order,
                afterEpoch: { epochs, _ in
                    asked += 1
                    return epochs < 3
                })
        }
        #expect(failure == .cancelled)
        #expect(order.requests.count == 3)
        #expect(asked == 3)
        #expect(network == before)
    }
}
