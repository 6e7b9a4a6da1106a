import Randomness

// How the names of streams in a study become streams. A native stream has a child for each purpose, so that one seed
// can serve them all; the record's streams know no purposes.

extension PointOrder {
    /// A permutation of 0 ..< `count`.
    public func permutation(of count: Int, seed: UInt64, purpose: String) -> [Int] {
        guard let stream else { return Array(0..<count) }
        var source = stream.permutations(seed: seed, purpose: purpose)
        return source.permutation(of: count)
    }
}

extension StreamKind {
    /// The streams that can draw initial weights.
    public static let forWeights: [StreamKind] = [.native, .torchCPU]

    public func permutations(seed: UInt64, purpose: String) -> any PermutationSource {
        switch self {
        case .native: NativeStream(seed: seed).child(purpose)
        case .torchCPU: TorchCPUStream(seed: seed)
        case .torchCUDA: TorchCUDAStream(seed: seed)
        case .numpy: NumPyStream(seed: UInt32(truncatingIfNeeded: seed))
        }
    }

    /// - Precondition: one of `forWeights`; study files are checked for it.
    public func weights(seed: UInt64) -> any UniformSource {
        switch self {
        case .native: NativeStream(seed: seed).child("initial-weights")
        case .torchCPU: TorchCPUStream(seed: seed)
        case .torchCUDA, .numpy: preconditionFailure("'\(rawValue)' draws no initial weights")
        }
    }
}
