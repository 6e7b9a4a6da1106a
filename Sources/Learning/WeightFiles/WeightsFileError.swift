import Diagnostics

/// A file of weights that is none of a network of Basin's: which file, which tensor, and what to do.
public struct WeightsFileError: RequestError, Equatable {
    public let path: String
    /// Nil where the fault is not that of one tensor.
    public let tensor: String?
    public let reason: String

    public init(path: String, tensor: String? = nil, reason: String) {
        self.path = path
        self.tensor = tensor
        self.reason = reason
    }

    /// "'w/3.npz': tensor 'fc2.weight' has no bias beside it, …"
    public var description: String {
        let what = tensor.map { "tensor '\($0.shortened)' " } ?? ""
        return "'\(path)': \(what)\(reason.hasSuffix(".") ? reason : reason + ".")"
    }
}
