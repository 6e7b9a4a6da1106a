/// Something that deals the order in which an epoch visits its training points.
public protocol PermutationSource: Sendable {
    /// A permutation of 0 ..< `count`; advances the stream.
    mutating func permutation(of count: Int) -> [Int]
}

/// Something that draws initial weights.
public protocol UniformSource: Sendable {
    /// `count` values, uniform between `low` and `high`; advances the stream.
    mutating func uniforms(count: Int, low: Float, high: Float) -> [Float]
}

/// Something that draws the ±1 probes of a stochastic trace estimate.
public protocol RademacherSource: Sendable {
    /// `count` values, each +1 or -1 with equal probability; advances the stream.
    mutating func signs(count: Int) -> [Float]
}

/// The streams that a study may name.
public enum StreamKind: String, Sendable, Codable, CaseIterable {
    /// Basin's own splittable stream, the default.
    case native
    /// PyTorch's CPU generator.
    case torchCPU = "torch-cpu"
    /// PyTorch's CUDA generator as an A100 runs it.
    case torchCUDA = "torch-cuda"
    /// NumPy's legacy generator.
    case numpy
}
