import Definitions
import Results

/// Three studies of two regimes over the number of training points: a raw correlation of the trace with the accuracy in
/// the first two that comes from the regimes, and none in the third, where the regimes reach the same accuracy.
package enum FamilySamples {
    package static let sizes = [500, 2000, 24000]
    package static let accuracies = [(0.853, 0.865), (0.904, 0.92), (0.97, 0.97)]

    package static func studies(published: Bool = true) -> [SyntheticStudy] {
        zip(sizes, accuracies).enumerated().map { index, facts in
            let (size, accuracy) = facts
            var networks = twoRegimes(accuracy: accuracy, noise: 100 * UInt64(index))
            for place in networks.indices {
                let isLarge = networks[place].regime == "large-batch"
                networks[place].hyperparameters = """
                    {"architecture":"784-256-10","batch_size":\(isLarge ? 500 : 64),\
                    "learning_rate":\(isLarge ? 0.5 : 0.1 / Double(index + 2)),"training_points":\(size)}
                    """
                // A label-reading column, which is correlated but no predictor.
                networks[place].columns["test_loss"] = 1 - (networks[place].columns["test_accuracy"] ?? 0)
            }
            let figures: [PublishedValue] = [
                .init(
                    kind: .mean, measure: "test_accuracy", regime: "small-batch", value: accuracy.0, tolerance: 0.001),
                .init(
                    kind: .mean, measure: "test_accuracy", regime: "large-batch", value: accuracy.1, tolerance: 0.001),
                .init(kind: .correlation, measure: "hessian_trace", target: "test_accuracy", value: -0.75),
                .init(kind: .correlation, measure: "test_loss", target: "test_accuracy", value: -1),
                .init(
                    kind: .model, measure: "test_accuracy", regime: "large-batch", seed: 100, value: 0.86,
                    tolerance: 0.5),
            ]
            return SyntheticStudy(
                // Sorted by name they are out of order.
                name: "scale-n\(size)", networks: networks, published: published ? figures : [])
        }
    }
}
