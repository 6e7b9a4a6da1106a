import Diagnostics
import Foundation

/// A weights blob that cannot be read back.
public struct SafetensorsError: RequestError {
    public let description: String
}

extension Network {
    /// The parameters in the safetensors format: an 8-byte little-endian header length, a JSON header, float32 data.
    ///
    /// Tensors are named as in PyTorch (`fc1.weight`, `fc1.bias`, …) and keep its shapes, so that
    /// `safetensors.torch.load` gives a state dictionary. An activation that is no ReLU stands in the metadata.
    public func safetensors() -> Data {
        var entries = architecture.tensors.map { name, shape, offsets in
            "\"\(name)\":{\"dtype\":\"F32\",\"shape\":\(shape),\"data_offsets\":\(offsets)}"
        }
        if architecture.activation != .relu {
            entries.insert("\"__metadata__\":{\"activation\":\"\(architecture.activation.name)\"}", at: 0)
        }
        var header = Data("{\(entries.joined(separator: ","))}".utf8)
        header.append(Data(repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8))
        var data = Data()
        withUnsafeBytes(of: UInt64(header.count).littleEndian) { data.append(contentsOf: $0) }
        data.append(header)
        for value in parameters { withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) } }
        return data
    }

    /// Reads what `safetensors()` wrote; the architecture comes from the tensors' shapes.
    public init(safetensors data: Data) throws(SafetensorsError) {
        func broken(_ why: String) -> SafetensorsError { SafetensorsError(description: "These weights \(why).") }
        let bytes = [UInt8](data)
        guard bytes.count >= 8 else { throw broken("are shorter than a safetensors header (\(bytes.count) bytes)") }
        let length = bytes[0..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= UInt64(bytes.count - 8) else {
            throw broken("have a safetensors header of \(length) bytes in a blob of \(bytes.count)")
        }
        let start = 8 + Int(length)
        guard let read = try? JSONDecoder().decode(Header.self, from: Data(bytes[8..<start])) else {
            throw broken("have an unreadable safetensors header")
        }
        let header = read.tensors
        let named = read.metadata["activation"] ?? Activation.relu.name
        guard let activation = Activation(name: named) else { throw broken("are of an unknown activation, '\(named)'") }
        var widths: [Int] = []
        while let weight = header["fc\(max(1, widths.count)).weight"] {
            guard weight.dtype == "F32", weight.shape.count == 2,
                weight.shape.allSatisfy({ $0 > 0 && $0 <= bytes.count })
            else {
                throw broken("hold a tensor that is no float32 matrix")
            }
            if widths.isEmpty { widths.append(weight.shape[1]) }
            guard widths.last == weight.shape[1] else { throw broken("hold layers that do not fit together") }
            widths.append(weight.shape[0])
        }
        guard widths.count >= 2 else { throw broken("hold no tensor 'fc1.weight'") }
        let architecture = Architecture(widths: widths, activation: activation)
        guard bytes.count - start == architecture.parameterCount * 4 else {
            throw broken(
                "hold \(bytes.count - start) bytes of data where \(architecture) has \(architecture.parameterCount * 4)"
            )
        }
        // The data are read in our own order, so a header that describes another one must not pass.
        for (name, shape, offsets) in architecture.tensors {
            guard let tensor = header[name], tensor.dtype == "F32", tensor.shape == shape,
                tensor.data_offsets == offsets
            else { throw broken("hold '\(name)' otherwise than as float32 \(shape) at the bytes \(offsets)") }
        }
        let parameters = (0..<architecture.parameterCount).map { index in
            let at = start + index * 4
            let bits =
                UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2]) << 16 | UInt32(bytes[at + 3])
                << 24
            return Float(bitPattern: bits)
        }
        self.init(architecture: architecture, parameters: parameters)
    }
}

extension Architecture {
    /// Each parameter tensor's name, shape, and first and past-the-last byte in the data.
    fileprivate var tensors: [(name: String, shape: [Int], offsets: [Int])] {
        layers.enumerated().flatMap { index, layer in
            [
                (
                    "fc\(index + 1).weight", [layer.outputs, layer.inputs],
                    [layer.weightOffset * 4, layer.biasOffset * 4]
                ),
                ("fc\(index + 1).bias", [layer.outputs], [layer.biases.lowerBound * 4, layer.biases.upperBound * 4]),
            ]
        }
    }
}

extension Activation {
    /// As metadata have it: "relu", "leaky_relu(0.01)".
    fileprivate var name: String {
        switch self {
        case .relu: "relu"
        case .leakyReLU(let slope): "leaky_relu(\(slope))"
        }
    }

    fileprivate init?(name: String) {
        if name == "relu" {
            self = .relu
        } else if name.hasPrefix("leaky_relu("), name.hasSuffix(")"),
            let slope = Float(name.dropFirst("leaky_relu(".count).dropLast()), slope > 0, slope < 1
        {
            self = .leakyReLU(slope: slope)
        } else {
            return nil
        }
    }
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
