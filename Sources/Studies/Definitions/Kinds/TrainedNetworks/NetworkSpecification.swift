import Networks

/// The shape of a fully connected network; the data give the number of inputs and of classes.
public struct NetworkSpecification: Sendable, Hashable {
    /// Widths of the hidden layers; empty for a linear classifier.
    public var hidden: [Int]
    /// What follows each of them (`Activation.parameters`).
    public var activation = OptionalSettings(Activation.parameters)

    public init(hidden: [Int], activation: OptionalSettings = OptionalSettings(Activation.parameters)) {
        self.hidden = hidden
        self.activation = activation
    }

    public func architecture(inputs: Int, classes: Int) -> Architecture {
        // As it is called in one way: two shapes of one digest must be one architecture.
        Architecture(widths: [inputs] + hidden + [classes], activation: Activation(canonical.activation.values))
    }

    /// What follows each hidden layer, if there is one.
    public var followingActivation: Activation {
        NetworkSpecification(hidden: [1], activation: activation).architecture(inputs: 1, classes: 1).activation
    }

    /// The same shape in one way of saying it: a slope stands beside leaky ReLUs alone, as its float32 does, and no
    /// activation beside no hidden layer.
    var canonical: NetworkSpecification {
        var same = self
        let activation = hidden.isEmpty ? Activation.relu : Activation(self.activation.values)
        switch activation {
        case .relu: same.activation = OptionalSettings(Activation.parameters)
        case .leakyReLU(let slope):
            same.activation = same.activation.with("negative_slope", .number(Double("\(slope)") ?? Double(slope)))
        }
        return same
    }
}

// MARK: JSON

extension NetworkSpecification: Codable {
    private enum CodingKeys: String, CodingKey { case hidden, activation }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        hidden = try container.decode([Int].self, forKey: .hidden)
        activation = try container.settings(Activation.parameters, under: .activation)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(hidden, forKey: .hidden)
        try container.encode(activation, under: .activation)
    }
}
