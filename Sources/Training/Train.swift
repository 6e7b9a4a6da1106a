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
    /// - Throws: `TrainingFailure.diverged` when a step's loss or, after the last one, a parameter is not finite, `.cancelled` when asked to stop; the
    ///   parameters are then left as they were.
    /// - Complexity: O(epochs · points · parameters) time; memory for one batch's activations and a copy of the points.
    public mutating func train(
        on points: LabelledPoints, recipe: Recipe, order: inout some PermutationSource,
        isCancelled: () -> Bool = { false }
    ) throws(TrainingFailure) -> TrainingOutcome {
        precondition(points.count > 0 && recipe.batchSize > 0 && points.inputSize == architecture.inputSize)
        precondition(recipe.stopping.map { $0.interval > 0 } ?? true, "a stopping rule has a positive interval")
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
                try keep(descent, epochs: epoch + 1, recipe: recipe)
                return TrainingOutcome(epochs: epoch + 1, memorised: true)
            }
        }
        try keep(descent, epochs: recipe.maximumEpochs, recipe: recipe)
        return TrainingOutcome(epochs: recipe.maximumEpochs, memorised: false)
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
