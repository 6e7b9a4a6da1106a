import Foundation

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
        // By a closure: a key path of two parts is looked up anew for each number.
        parameters.map { $0.bitPattern.littleEndian }.withUnsafeBytes { data.append(contentsOf: $0) }
        return data
    }

    /// Reads what `safetensors()` wrote; the architecture comes from the tensors' shapes. Numbers that are not finite
    /// are read as they are.
    ///
    /// Weights of other programs, with other names and types, are `LayerTensors`' to read.
    public init(safetensors data: Data) throws(SafetensorsError) {
        func broken(_ why: String) -> SafetensorsError { SafetensorsError(reason: why) }
        let file = try Safetensors([UInt8](data))
        let tensors = Dictionary(uniqueKeysWithValues: file.tensors.map { ($0.name, $0) })
        let named = file.metadata["activation"] ?? Activation.relu.name
        guard let activation = Activation(name: named) else { throw broken("are of an unknown activation, '\(named)'") }
        var widths: [Int] = []
        while let weight = tensors["fc\(max(1, widths.count)).weight"] {
            guard weight.type == .float32, weight.shape.count == 2, weight.shape.allSatisfy({ $0 > 0 }) else {
                throw broken("hold a tensor that is no float32 matrix")
            }
            if widths.isEmpty { widths.append(weight.shape[1]) }
            guard widths.last == weight.shape[1] else { throw broken("hold layers that do not fit together") }
            widths.append(weight.shape[0])
        }
        guard widths.count >= 2 else { throw broken("hold no tensor 'fc1.weight'") }
        let architecture = Architecture(widths: widths, activation: activation)
        let expected = architecture.tensors
        guard tensors.count == expected.count else {
            throw broken("hold \(tensors.count) tensors where \(architecture) has \(expected.count)")
        }
        var parameters: [Float] = []
        parameters.reserveCapacity(architecture.parameterCount)
        for (name, shape, _) in expected {
            guard let tensor = tensors[name], tensor.type == .float32, tensor.shape == shape else {
                throw broken("hold '\(name)' otherwise than as float32 \(shape)")
            }
            parameters += tensor.numbers()
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
