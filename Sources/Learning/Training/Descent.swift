import Networks
import Randomness

/// One network on its way down: its parameters, and what its update rule remembers.
final class Descent {
    private let loss: BatchLoss
    private let rule: any UpdateRule
    private let parameters: ParameterVector
    private let state: RuleState
    /// Nil where a step needs no gradient written down.
    private let gradient: ParameterVector?

    /// - Parameters:
    ///   - noise: deals the recipe's noise.
    ///   - isFused: lets a rule of plain descent step without writing its gradient down; only tests say no.
    init(
        _ network: Network, points: LabelledPoints, recipe: Recipe, noise: NativeStream,
        goingOnFrom progress: TrainingProgress?, isFused: Bool
    ) {
        loss = BatchLoss(
            network.architecture, points: points, batchSize: recipe.batchSize, noise: recipe.noise, stream: noise)
        rule = recipe.rule
        parameters = loss.layout.vector(of: (progress?.network ?? network).parameters)
        state = RuleState(rule.memory, layout: loss.layout)
        gradient = isFused && rule.isPlainDescent ? nil : ParameterVector(zeros: loss.layout)
        if let progress {
            state.restore(progress.ruleState, in: loss.layout)
        } else {
            rule.begin(state, at: parameters)
        }
    }

    /// - Parameter epoch: counted from 0.
    func begin(epoch: Int) { loss.noise?.begin(epoch: epoch) }

    /// One step on the points at `batch`.
    ///
    /// - Returns: the batch's mean loss before the step; there is none if it is not finite.
    func step(_ batch: ArraySlice<Int>, learningRate: Float) -> Float {
        loss.noise?.draw(count: batch.count)
        let value = loss.value(at: parameters, on: batch)
        guard value.isFinite else { return value }
        guard let gradient else {
            loss.descend(parameters, count: batch.count, learningRate: learningRate)
            return value
        }
        loss.gradient(at: parameters, count: batch.count, into: gradient)
        rule.step(parameters, along: gradient, learningRate: learningRate, state: state) { [loss, parameters] target in
            let moved = loss.value(at: parameters, on: batch)
            loss.gradient(at: parameters, count: batch.count, into: target)
            return moved
        }
        return value
    }

    /// Whether a stopping rule is met; the loss is computed only where it counts.
    func meets(_ stopping: StoppingRule) -> Bool {
        let count = min(stopping.points ?? loss.points.count, loss.points.count)
        guard stopping.loss != nil else {
            return stopping.accuracy.map { loss.accuracy(at: parameters, onFirst: count) >= $0 } ?? true
        }
        return stopping.isMet(loss.fit(at: parameters, onFirst: count))
    }

    /// How far the training is after `epochs` epochs.
    func progress(epochs: Int) -> TrainingProgress {
        TrainingProgress(epochs: epochs, network: network, ruleState: state.bytes(in: loss.layout))
    }

    /// The network after `epochs` epochs.
    ///
    /// - Throws: `TrainingFailure.diverged` when the very last step made a parameter, or the logits that the parameters
    ///   give to the training points, infinite or no number.
    func result(epochs: Int) throws(TrainingFailure) -> Network {
        guard parameters.isFinite, loss.logitsAreFinite(at: parameters) else {
            throw .diverged(epoch: epochs, step: (loss.points.count - 1) / loss.rows + 1)
        }
        return network
    }

    private var network: Network {
        Network(architecture: loss.layout.architecture, parameters: loss.layout.parameters(of: parameters))
    }
}
