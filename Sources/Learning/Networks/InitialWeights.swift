import Parameters

/// How the parameters that training begins from are drawn: layer by layer, weights uniform in ± a bound, then biases.
///
/// Bounds are computed in double precision and round once to float32. On the `torch-cpu` stream the bits are those that
/// PyTorch's own initialisers draw in this order.
public struct InitialWeights: Sendable, Hashable {
    public enum Family: String, Sendable, Hashable, CaseIterable {
        /// `nn.Linear`'s own: sqrt(3) · sqrt(2 / (1 + 5)) / sqrt(inputs), which is 1 / sqrt(inputs).
        case pytorch
        /// sqrt(3) · sqrt(2 / (1 + slope²)) / sqrt(inputs), slope that of the activation below 0 (He et al.,
        /// arXiv 1502.01852; `kaiming_uniform_`).
        case he
        /// sqrt(6 / (inputs + outputs)) (Glorot and Bengio, AISTATS 2010; `xavier_uniform_`).
        case glorot
    }

    public enum Biases: String, Sendable, Hashable, CaseIterable {
        /// Uniform in ±1 / sqrt(inputs), as `nn.Linear` has them under every family.
        case drawn
        /// All 0; nothing is drawn for them.
        case zero
    }

    public var family: Family
    public var biases: Biases
    /// Multiplies every bound.
    public var scale: Double

    public init(family: Family = .pytorch, biases: Biases = .drawn, scale: Double = 1) {
        self.family = family
        self.biases = biases
        self.scale = scale
    }

    /// What a study file may say of them.
    public static let parameters = [
        Parameter("initial_weights", default: Family.pytorch, "how wide weights are drawn before training"),
        Parameter("initial_biases", default: Biases.drawn, "biases before training"),
        Parameter(
            "initial_scale", numbers: 1e-6...1e6, default: 1,
            "multiplies the initial weights, and biases that are drawn"),
    ]

    public init(_ values: ParameterValues) {
        self.init(
            family: values.choice("initial_weights"), biases: values.choice("initial_biases"),
            scale: values.number("initial_scale"))
    }

    func weightBound(_ layer: Architecture.Layer, _ activation: Activation) -> Float {
        let root = Double(layer.inputs).squareRoot()
        let deviation =
            switch family {
            case .pytorch: (2 / (1 + 5.0.squareRoot() * 5.0.squareRoot())).squareRoot() / root
            case .he: (2 / (1 + Double(activation.slope) * Double(activation.slope))).squareRoot() / root
            case .glorot: (2 / Double(layer.inputs + layer.outputs)).squareRoot()
            }
        return Float(scale * (3.0.squareRoot() * deviation))
    }

    func biasBound(_ layer: Architecture.Layer) -> Float { Float(scale * (1 / Double(layer.inputs).squareRoot())) }
}
