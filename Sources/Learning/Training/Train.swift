import LinearAlgebra
import Networks
import Randomness

extension Network {
    /// Trains this network in place, on the calling thread.
    ///
    /// Each epoch visits the points in the order of one permutation drawn from `order`. Computed in float32; the result
    /// is a function of the network, the points, the recipe and the stream alone.
    ///
    /// - Parameters:
    ///   - order: deals one permutation an epoch.
    ///   - trained: the epochs that these parameters have behind them. The network then ends with the same bits as one
    ///     that
    ///     was trained without a break; `order` is the stream from its beginning.
    ///   - afterEpoch: told how many epochs are behind, after each one but the last, with a way to get the network as
    ///     it is
    ///     now; training goes on if it answers true.
    /// - Throws: `TrainingFailure.diverged` when a step's loss or, after the last one, a parameter is not finite,
    ///   `.cancelled` when told to stop; the parameters are then left as they were.
    /// - Complexity: O(epochs · points · parameters) time; memory for one batch's activations and the points' inputs
    ///   that are not zero.
    public mutating func train(
        on points: LabelledPoints, recipe: Recipe, order: inout some PermutationSource, goingOnAfter trained: Int = 0,
        afterEpoch: (_ epochs: Int, _ network: () -> Network) -> Bool = { _, _ in true }
    ) throws(TrainingFailure) -> TrainingOutcome {
        precondition(points.count > 0 && recipe.batchSize > 0 && points.inputSize == architecture.inputSize)
        precondition(recipe.stopping.map { $0.interval > 0 } ?? true, "a stopping rule has a positive interval")
        precondition(
            (0..<max(1, recipe.maximumEpochs)).contains(trained), "\(trained) epochs are no part of the training")
        _ = BLAS.useOneThread
        let descent = GradientDescent(self, points: points, batchSize: recipe.batchSize)
        for _ in 0..<trained { _ = order.permutation(of: points.count) }
        for epoch in trained..<recipe.maximumEpochs {
            let permutation = order.permutation(of: points.count)
            let rate = recipe.learningRate(epoch: epoch)
            for (step, start) in stride(from: 0, to: points.count, by: recipe.batchSize).enumerated() {
                let batch = permutation[start..<min(start + recipe.batchSize, points.count)]
                guard descent.step(batch, learningRate: rate).isFinite else {
                    throw .diverged(epoch: epoch + 1, step: step + 1)
                }
            }
            if let stopping = recipe.stopping, (epoch + 1) % stopping.interval == 0,
                descent.accuracy(onFirst: min(stopping.points ?? points.count, points.count)) >= stopping.accuracy
            {
                try keep(descent, epochs: epoch + 1, recipe: recipe)
                return TrainingOutcome(epochs: epoch + 1, memorised: true)
            }
            if epoch + 1 < recipe.maximumEpochs, !afterEpoch(epoch + 1, { self.trained(descent) }) { throw .cancelled }
        }
        try keep(descent, epochs: recipe.maximumEpochs, recipe: recipe)
        return TrainingOutcome(epochs: recipe.maximumEpochs, memorised: false)
    }

    private func trained(_ descent: GradientDescent) -> Network {
        var network = self
        descent.store(into: &network)
        return network
    }

    /// Takes the trained parameters over, unless the very last step made one infinite or no number.
    private mutating func keep(
        _ descent: GradientDescent, epochs: Int, recipe: Recipe
    ) throws(TrainingFailure) {
        guard descent.isFinite else {
            let steps = (descent.pointCount - 1) / recipe.batchSize + 1
            throw .diverged(epoch: epochs, step: steps)
        }
        descent.store(into: &self)
    }
}
