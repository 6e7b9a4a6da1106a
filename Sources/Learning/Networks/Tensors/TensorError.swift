import Diagnostics

/// Tensors that are no network of Basin's: which one, and what to do about it.
public struct TensorError: RequestError, Equatable {
    /// Nil where the fault is that of several.
    public let tensor: String?
    /// A predicate with the way out, as "has no bias: add a tensor 'fc2.bias', of zeros if the layer has none".
    public let reason: String

    public init(tensor: String? = nil, _ reason: String) {
        self.tensor = tensor
        self.reason = reason
    }

    public var description: String { tensor.map { "tensor '\($0.shortened)' \(reason)" } ?? reason }
}
