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
    ///   - isCancelled: asked before every epoch.
    /// - Throws: `TrainingFailure.diverged` when a step's loss is not finite, `.cancelled` when asked to stop; the
    ///   parameters are then left as they were.
    /// - Complexity: O(epochs · points · parameters) time; memory for one batch's activations and a copy of the points.
    public mutating func train(
        on points: LabelledPoints, recipe: Recipe, order: inout some PermutationSource,
        isCancelled: () -> Bool = { false }
    ) throws(TrainingFailure) -> TrainingOutcome {
        precondition(points.count > 0 && recipe.batchSize > 0 && points.inputSize == architecture.inputSize)
        _ = BLAS.useOneThread
        let descent = GradientDescent(self, points: points, batchSize: recipe.batchSize)
        for epoch in 0..<recipe.maximumEpochs {
            if isCancelled() { throw .cancelled }
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
                descent.store(into: &self)
                return TrainingOutcome(epochs: epoch + 1, memorised: true)
            }
        }
        descent.store(into: &self)
        return TrainingOutcome(epochs: recipe.maximumEpochs, memorised: false)
    }
}
