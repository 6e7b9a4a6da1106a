import Parameters

/// A further model that is made of a network: no network of its own, and never counted as one.
public enum ModelVariant: Sendable, Hashable {
    /// The same function with other weights.
    case rescaled(Rescaling)
    /// The network as it was after so many epochs of its training; where training had ended before, as it was then.
    case snapshot(epoch: Int)

    /// A hidden layer's weights and biases times a factor, and the next layer's weights divided by it: the same
    /// function.
    public struct Rescaling: Sendable, Hashable, Codable {
        /// Counted from 1.
        public var layer: Int
        public var factor: Double

        public init(layer: Int, factor: Double) {
            self.layer = layer
            self.factor = factor
        }
    }

    /// What the results file calls it: "layer 1 x 2", "epoch 5".
    public var description: String {
        switch self {
        case .rescaled(let it): "layer \(it.layer) x \(ParameterValue.number(it.factor).description)"
        case .snapshot(let epoch): "epoch \(epoch)"
        }
    }

    /// Hyperparameters that it has beside those of its network.
    var facts: [String: ParameterValue] {
        switch self {
        case .rescaled(let rescaling):
            [Self.layerName: .number(Double(rescaling.layer)), Self.factorName: .number(rescaling.factor)]
        case .snapshot(let epoch): [Self.epochName: .number(Double(epoch))]
        }
    }

    public static let layerName = "rescaled_layer"
    public static let factorName = "rescaled_by"
    public static let epochName = "snapshot_epoch"

    /// The names of all such hyperparameters.
    static let factNames = [layerName, factorName, epochName]

    /// The epoch of a snapshot, by what the results file calls it; nil for another variant.
    public static func epoch(ofSnapshot description: String) -> Int? {
        description.hasPrefix("epoch ") ? Int(description.dropFirst("epoch ".count)) : nil
    }

    /// The epoch of a snapshot.
    public var epoch: Int? { if case .snapshot(let epoch) = self { epoch } else { nil } }

    /// Whether its weights are made of its network's without training.
    public var isComputed: Bool { if case .rescaled = self { true } else { false } }
}
