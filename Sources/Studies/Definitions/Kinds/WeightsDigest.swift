import Digests
import Foundation

/// SHA-256 of a network's weights as they are kept, which also tells whether two networks are the same one.
public enum WeightsDigest {
    package static func of(_ data: Data) -> String { data.withUnsafeBytes { SHA256.hexadecimal(of: $0) } }

    /// - Parameter safetensors: the file's bytes.
    public static func of(_ safetensors: [UInt8]) -> String { SHA256.hexadecimal(of: safetensors) }
}
