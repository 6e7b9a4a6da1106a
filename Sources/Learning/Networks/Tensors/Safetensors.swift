import Diagnostics
import Foundation

/// A weights blob that cannot be read.
public struct SafetensorsError: RequestError {
    /// A predicate, as "have an unreadable safetensors header".
    public let reason: String

    public var description: String { "These weights \(reason)." }
}

/// A safetensors file taken apart: an 8-byte little-endian header length, a JSON header, then the tensors' data.
///
/// The format is that of https://github.com/huggingface/safetensors: tensors may lie in any order, each at the offsets
/// that the header gives, and together they cover the data without holes.
public struct Safetensors: Sendable {
    /// By their place in the data.
    public let tensors: [StoredTensor]
    /// Texts about them.
    public let metadata: [String: String]

    /// - Throws: `SafetensorsError` for what is no such file, or is cut.
    public init(_ bytes: [UInt8]) throws(SafetensorsError) {
        func broken(_ why: String) -> SafetensorsError { SafetensorsError(reason: why) }
        guard bytes.count >= 8 else { throw broken("are shorter than a safetensors header (\(bytes.count) bytes)") }
        let length = bytes[0..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= UInt64(bytes.count - 8) else {
            throw broken("have a safetensors header of \(length) bytes in a blob of \(bytes.count)")
        }
        let start = 8 + Int(length)
        guard let header = try? JSONDecoder().decode(Header.self, from: Data(bytes[8..<start])) else {
            throw broken("have an unreadable safetensors header")
        }
        var (tensors, end) = ([StoredTensor](), 0)
        let sorted = header.tensors.sorted { ($0.value.data_offsets, $0.key) < ($1.value.data_offsets, $1.key) }
        for (name, entry) in sorted {
            let type = TensorType(rawValue: entry.dtype)
            guard entry.data_offsets.count == 2, entry.data_offsets[0] == end,
                entry.data_offsets[1] >= end, entry.data_offsets[1] <= bytes.count - start
            else {
                throw broken(
                    "hold '\(name.shortened)' at the bytes \(entry.data_offsets), where \(bytes.count - start) bytes "
                        + "of data have tensors one after another and the last ended at \(end)")
            }
            end = entry.data_offsets[1]
            let count = StoredTensor.byteCount(shape: entry.shape, size: type?.size ?? 0)
            guard let count, type == nil || count == end - entry.data_offsets[0] else {
                throw broken(
                    "give '\(name.shortened)' \(end - entry.data_offsets[0]) bytes, which are not those of "
                        + "\(entry.dtype) \(entry.shape)")
            }
            tensors.append(
                StoredTensor(
                    name: name, shape: entry.shape, type: type, typeName: entry.dtype,
                    bytes: bytes[start + entry.data_offsets[0]..<start + end]))
        }
        guard end == bytes.count - start else {
            throw broken("hold \(bytes.count - start) bytes of data, of which tensors take \(end)")
        }
        self.tensors = tensors
        metadata = header.metadata
    }
}

private func < (left: ([Int], String), right: ([Int], String)) -> Bool {
    if left.0 == right.0 { return left.1 < right.1 }
    return left.0.lexicographicallyPrecedes(right.0)
}

/// A safetensors header: tensors by their names, and text about them.
private struct Header: Decodable {
    struct Tensor: Decodable {
        let dtype: String
        let shape: [Int]
        let data_offsets: [Int]
    }

    struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    private(set) var tensors: [String: Tensor] = [:]
    private(set) var metadata: [String: String] = [:]

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Name.self)
        for key in container.allKeys {
            if key.stringValue == "__metadata__" {
                metadata = try container.decode([String: String].self, forKey: key)
            } else {
                tensors[key.stringValue] = try container.decode(Tensor.self, forKey: key)
            }
        }
    }
}
