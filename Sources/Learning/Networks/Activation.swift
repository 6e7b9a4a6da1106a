import Parameters

/// What follows every layer of a network but the last: linear in two pieces that meet at 0.
///
/// Both are positively homogeneous, φ(c z) = c φ(z) for c > 0, so that hidden units can be rescaled; and the sign of an
/// output is that of its pre-activation, so that passes back need the outputs alone.
public enum Activation: Sendable, Hashable {
    /// max(0, z).
    case relu
    /// z above 0 and `slope` · z elsewhere, 0 < slope < 1 (Maas, Hannun and Ng 2013, "Rectifier nonlinearities improve
    /// neural network acoustic models"; PyTorch's `LeakyReLU`, whose slope is 0.01 where nothing is said).
    case leakyReLU(slope: Float)

    /// What a study file may say of it.
    public static let parameters = [
        Parameter("activation", default: Kind.relu, "what follows each hidden layer"),
        Parameter(
            "negative_slope", numbers: 1e-6...0.999999, default: 0.01, "the slope of a leaky ReLU below 0"),
    ]

    public init(_ values: ParameterValues) {
        switch values.choice("activation", as: Kind.self) {
        case .relu: self = .relu
        case .leakyReLU: self = .leakyReLU(slope: Float(values.number("negative_slope")))
        }
    }

    private enum Kind: String, CaseIterable {
        case relu
        case leakyReLU = "leaky-relu"
    }

    /// dφ/dz where a unit is off (z ≤ 0): at the kink, the derivative from below.
    package var slope: Float {
        switch self {
        case .relu: 0
        case .leakyReLU(let slope): slope
        }
    }

    /// φ of every number in place. A NaN stays one, so that a diverged network is seen.
    package func apply(to values: UnsafeMutableBufferPointer<Float>) {
        switch self {
        // `max(0, NaN)` would hide a NaN.
        case .relu: for i in values.indices { values[i] = values[i] <= 0 ? 0 : values[i] }
        case .leakyReLU(let slope):
            for i in values.indices { values[i] = values[i] <= 0 ? slope * values[i] : values[i] }
        }
    }

    /// The same in float64.
    package func apply(to values: inout [Double]) {
        switch self {
        case .relu: for i in values.indices where values[i] < 0 { values[i] = 0 }
        case .leakyReLU(let slope): for i in values.indices where values[i] < 0 { values[i] *= Double(slope) }
        }
    }

    /// Multiplies derivatives by the units' outputs by dφ/dz, place by place.
    ///
    /// - Parameter outputs: the units' outputs; as many.
    package func pullBack(_ derivatives: UnsafeMutableBufferPointer<Float>, outputs: UnsafeBufferPointer<Float>) {
        switch self {
        case .relu: for i in derivatives.indices { derivatives[i] = outputs[i] > 0 ? derivatives[i] : 0 }
        case .leakyReLU(let slope):
            for i in derivatives.indices { derivatives[i] = outputs[i] > 0 ? derivatives[i] : slope * derivatives[i] }
        }
    }

    /// The same in float64.
    package func pullBack(_ derivatives: UnsafeMutableBufferPointer<Double>, outputs: UnsafeBufferPointer<Double>) {
        switch self {
        case .relu: for i in derivatives.indices { derivatives[i] = outputs[i] <= 0 ? 0 : derivatives[i] }
        case .leakyReLU(let slope):
            let slope = Double(slope)
            for i in derivatives.indices { derivatives[i] = outputs[i] <= 0 ? slope * derivatives[i] : derivatives[i] }
        }
    }

    package func pullBack(_ derivatives: inout [Double], outputs: [Double]) {
        derivatives.withUnsafeMutableBufferPointer { derivatives in
            outputs.withUnsafeBufferPointer { pullBack(derivatives, outputs: $0) }
        }
    }
}
