import Randomness

/// A fully connected ReLU network as a value: its architecture and its float32 parameters.
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

    /// A network with the initial weights of PyTorch's `nn.Linear`: layer by layer, weights uniform in ±kw, then biases
    /// uniform in ±kb, with kw = sqrt(3) · (sqrt(2 / (1 + sqrt(5)²)) / sqrt(inputs)) and kb = 1 / sqrt(inputs), both in
    /// double precision before they are rounded to float32. On the `torch-cpu` stream the bits are PyTorch's own.
    public init(architecture: Architecture, initialisedFrom stream: inout some UniformSource) {
        var parameters: [Float] = []
        parameters.reserveCapacity(architecture.parameterCount)
        let gain = (2 / (1 + 5.0.squareRoot() * 5.0.squareRoot())).squareRoot()
        for layer in architecture.layers {
            let root = Double(layer.inputs).squareRoot()
            let weightBound = Float(3.0.squareRoot() * (gain / root))
            let biasBound = Float(1 / root)
            parameters += stream.uniforms(count: layer.weightCount, low: -weightBound, high: weightBound)
            parameters += stream.uniforms(count: layer.outputs, low: -biasBound, high: biasBound)
        }
        self.init(architecture: architecture, parameters: parameters)
    }
}
