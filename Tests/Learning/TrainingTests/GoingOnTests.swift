import Networks
import Randomness
import Testing
import Training

@Suite struct GoingOnTests {
    private let points = LabelledPoints.random(90, inputSize: 40, classCount: 4).sparse()
    private let recipe = Recipe(
        learningRate: 0.3, batchSize: 16, maximumEpochs: 12, stopping: .init(interval: 5, accuracy: 1),
        drops: [.init(epoch: 7, factor: 0.1)])

    @Test("A network that goes on after a break ends with the bits of one without a break", arguments: 1...11)
    func goesOn(epochs: Int) throws {
        var whole = Network.fresh([40, 70, 9, 4])
        var order = TorchCUDAStream(seed: 3)
        let outcome = try whole.train(on: points, recipe: recipe, order: &order)
        var broken: TrainingProgress?
        var begun = Network.fresh([40, 70, 9, 4])
        var firstOrder = TorchCUDAStream(seed: 3)
        #expect(throws: TrainingFailure.cancelled) {
            try begun.train(on: points, recipe: recipe, order: &firstOrder) { done, progress in
                if done == epochs { broken = progress() }
                return done < epochs
            }
        }
        let progress = try #require(broken)
        #expect(progress.epochs == epochs && progress.network != whole)
        #expect(progress.bytes == [UInt8](progress.network.safetensors()))
        var later = Network.fresh([40, 70, 9, 4])
        var laterOrder = TorchCUDAStream(seed: 3)
        #expect(try later.train(on: points, recipe: recipe, order: &laterOrder, goingOnFrom: progress) == outcome)
        #expect(later == whole)
    }

    @Test("Looking at the network after every epoch changes nothing")
    func looking() throws {
        var (plain, watched) = (Network.fresh([40, 70, 9, 4]), Network.fresh([40, 70, 9, 4]))
        var (order, watchedOrder) = (NativeStream(seed: 3), NativeStream(seed: 3))
        _ = try plain.train(on: points, recipe: recipe, order: &order)
        var seen: [Network] = []
        _ = try watched.train(on: points, recipe: recipe, order: &watchedOrder) { _, progress in
            seen.append(progress().network)
            return true
        }
        #expect(plain == watched)
        #expect(seen.count == 11 && zip(seen, seen.dropFirst()).allSatisfy { $0 != $1 })
    }
}
