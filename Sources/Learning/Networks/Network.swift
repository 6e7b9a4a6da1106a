import Randomness

/// A fully connected network as a value: its architecture and its float32 parameters.
public struct Network: Sendable, Equatable {
    public let architecture: Architecture
    /// `architecture.parameterCount` values, laid out as `Architecture` says.
    public var parameters: [Float]

    /// - Precondition: as many parameters as the architecture has.
    public init(architecture: Architecture, parameters: [Float]) {
        precondition(parameters.count == architecture.parameterCount, "parameter count does not fit the architecture")
        self.architecture = architecture
        self.parameters = parameters
    }

    /// A network as training begins from it: with the initial weights of PyTorch's `nn.Linear` unless others are named.
    public init(
        architecture: Architecture, initialisedFrom stream: inout some UniformSource,
        _ initial: InitialWeights = InitialWeights()
    ) {
        var parameters: [Float] = []
        parameters.reserveCapacity(architecture.parameterCount)
        for layer in architecture.layers {
            let bound = initial.weightBound(layer, architecture.activation)
            parameters += stream.uniforms(count: layer.weightCount, low: -bound, high: bound)
            switch initial.biases {
            case .drawn:
                let bound = initial.biasBound(layer)
                parameters += stream.uniforms(count: layer.outputs, low: -bound, high: bound)
            case .zero: parameters += [Float](repeating: 0, count: layer.outputs)
            }
        }
        self.init(architecture: architecture, parameters: parameters)
    }
}
