import LinearAlgebra
import Networks
import Randomness

extension Network {
    /// Trains this network in place, on the calling thread.
    ///
    /// Each epoch visits the points in the order of one permutation drawn from `order`. Computed in float32; the result
    /// is a function of the network, the points, the recipe and the streams alone.
    ///
    /// - Parameters:
    ///   - order: deals one permutation an epoch; the stream from its beginning, also for a training that goes on.
    ///   - noise: deals the recipe's noise, epoch by epoch out of its children.
    ///   - progress: how far the training came before, from where it then goes on instead of from this network. It ends
    ///     with the same bits as one without a break.
    ///   - afterEpoch: told how many epochs are behind, after each one but the last, with a way to get how far the
    ///     training is now; training goes on if it answers true.
    /// - Throws: `TrainingFailure.diverged` when a step's loss or, after the last one, a parameter is not finite,
    ///   `.cancelled` when told to stop; the parameters are then left as they were.
    /// - Precondition: the progress is of a training of this architecture by this recipe's rule.
    /// - Complexity: O(epochs · points · parameters) time; memory for one batch's activations, the points' inputs that
    ///   are not zero and what the update rule remembers.
    public mutating func train(
        on points: LabelledPoints, recipe: Recipe, order: inout some PermutationSource,
        noise: NativeStream = NativeStream(seed: 0), goingOnFrom progress: TrainingProgress? = nil,
        afterEpoch: (_ epochs: Int, _ progress: () -> TrainingProgress) -> Bool = { _, _ in true }
    ) throws(TrainingFailure) -> TrainingOutcome {
        try train(
            on: points, recipe: recipe, order: &order, noise: noise, goingOnFrom: progress, isFused: true,
            afterEpoch: afterEpoch)
    }

    /// The same; without `isFused`, plain descent takes the way of all other rules, for tests.
    package mutating func train(
        on points: LabelledPoints, recipe: Recipe, order: inout some PermutationSource,
        noise: NativeStream = NativeStream(seed: 0), goingOnFrom progress: TrainingProgress? = nil, isFused: Bool,
        afterEpoch: (_ epochs: Int, _ progress: () -> TrainingProgress) -> Bool = { _, _ in true }
    ) throws(TrainingFailure) -> TrainingOutcome {
        let trained = progress?.epochs ?? 0
        precondition(points.count > 0 && recipe.batchSize > 0 && points.inputSize == architecture.inputSize)
        precondition(recipe.stopping.map { $0.interval > 0 } ?? true, "a stopping rule has a positive interval")
        precondition(
            (0..<max(1, recipe.maximumEpochs)).contains(trained), "\(trained) epochs are no part of the training")
        precondition(progress.map { $0.network.architecture == architecture } ?? true, "another network's progress")
        _ = BLAS.useOneThread
        let descent = Descent(
            self, points: points, recipe: recipe, noise: noise, goingOnFrom: progress, isFused: isFused)
        let steps = (points.count - 1) / recipe.batchSize + 1
        for _ in 0..<trained { _ = order.permutation(of: points.count) }
        for epoch in trained..<recipe.maximumEpochs {
            let permutation = order.permutation(of: points.count)
            descent.begin(epoch: epoch)
            for (step, start) in stride(from: 0, to: points.count, by: recipe.batchSize).enumerated() {
                let batch = permutation[start..<min(start + recipe.batchSize, points.count)]
                let rate = recipe.learningRate(epoch: epoch, step: step, of: steps)
                guard descent.step(batch, learningRate: rate).isFinite else {
                    throw .diverged(epoch: epoch + 1, step: step + 1)
                }
            }
            if let stopping = recipe.stopping, (epoch + 1) % stopping.interval == 0, descent.meets(stopping) {
                self = try descent.result(epochs: epoch + 1)
                return TrainingOutcome(epochs: epoch + 1, memorised: true)
            }
            let isLast = epoch + 1 == recipe.maximumEpochs
            if !isLast, !afterEpoch(epoch + 1, { descent.progress(epochs: epoch + 1) }) { throw .cancelled }
        }
        self = try descent.result(epochs: recipe.maximumEpochs)
        return TrainingOutcome(epochs: recipe.maximumEpochs, memorised: false)
    }
}
