import Parameters

/// What is drawn anew for every step of a training, and is off wherever a network is looked at.
///
/// One step has one draw: a rule that asks for gradients at several places, as SAM does, asks for them of one function.
public struct TrainingNoise: Sendable, Hashable {
    /// The probability with which a hidden unit is left out of a step, point by point; the others' outputs are divided
    /// by what stays, 1 - dropout (Srivastava et al., JMLR 15 (2014) 1929; PyTorch's `Dropout` after each activation).
    public var dropout: Double
    /// The standard deviation of independent Gaussian noise on every input of every point (Bishop, Neural Computation 7
    /// (1995) 108); pixels are from 0 to 1, and those that are noisy may lie outside.
    public var inputDeviation: Double

    public init(dropout: Double = 0, inputDeviation: Double = 0) {
        self.dropout = dropout
        self.inputDeviation = inputDeviation
    }

    /// What a study file may say of it.
    public static let parameters = [
        Parameter(
            "dropout", numbers: 0...0.99, default: 0,
            "the probability with which a hidden unit is left out of a step; off wherever a network is looked at"),
        Parameter(
            "input_noise", numbers: 0...1000, default: 0,
            "the standard deviation of Gaussian noise on each pixel, from 0 to 1, drawn anew for each step"),
    ]

    public init(_ values: ParameterValues) {
        self.init(dropout: values.number("dropout"), inputDeviation: values.number("input_noise"))
    }

    public var isNone: Bool { dropout == 0 && inputDeviation == 0 }
}
