/// What was written down of a training on its way: a few of the network's measures, after some of its epochs.
public struct TrainingHistory: Sendable, Equatable {
    /// A measure that can be followed, by its id, taken with its default options.
    public enum Quantity: String, Sendable, CaseIterable, Codable, CodingKeyRepresentable {
        case trainLoss = "train_loss"
        case trainAccuracy = "train_accuracy"
        case testAccuracy = "test_accuracy"
        case gradientNorm = "gradient_norm"
        case gradientNoise = "gradient_noise"
        case hessianTrace = "hessian_trace"

        /// Written down always; the others when asked for.
        public static let always: Set<Quantity> = [.trainLoss, .trainAccuracy]
    }

    /// After one epoch.
    public struct Entry: Sendable, Equatable, Codable {
        /// Epochs done; 0 for the network that training began from.
        public let epoch: Int
        /// Those that have a value.
        public let values: [Quantity: Double]

        public init(epoch: Int, values: [Quantity: Double]) {
            self.epoch = epoch
            self.values = values
        }
    }

    /// By epoch.
    public var entries: [Entry]

    public init(_ entries: [Entry] = []) { self.entries = entries }

    /// A quantity with the epochs at which it has a value.
    public func course(of quantity: Quantity) -> [(epoch: Int, value: Double)] {
        entries.compactMap { entry in entry.values[quantity].map { (entry.epoch, $0) } }
    }
}

extension TrainingHistory.Entry: CustomStringConvertible {
    /// "epoch 5: train_accuracy 0.5, train_loss 1.25".
    public var description: String {
        let values = values.map { "\($0.key.rawValue) \($0.value)" }.sorted()
        return "epoch \(epoch): \(values.joined(separator: ", "))"
    }
}

extension Subject {
    /// What is written down of this network, as it is after so many epochs. Always as the measures have it that are
    /// taken of a trained network, so that a history ends with their values.
    public func entry(_ quantities: Set<TrainingHistory.Quantity>) -> TrainingHistory.Entry {
        var values: [TrainingHistory.Quantity: Double] = [:]
        for quantity in quantities {
            values[quantity] = (try? MeasureCatalogue.measure(quantity.rawValue))?.init().evaluate(self).value
        }
        return TrainingHistory.Entry(epoch: epochs ?? 0, values: values)
    }
}
