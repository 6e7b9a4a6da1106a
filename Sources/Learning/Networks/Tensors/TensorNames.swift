import Diagnostics

/// What the names of tensors tell of layers.
///
/// A name is that of a layer with `weight`, `kernel`, `w` or `bias`, `b` behind it, as `fc1.weight`, `layers.0.bias`,
/// `dense_1/kernel:0`, or has the layer's number behind that, as `W1`, `biases_0`. `arr_0`, `arr_1`, … are NumPy's for
/// arrays that were given no name: weight, bias, weight, bias.
enum TensorNames {
    private enum Role { case weight, bias }

    private static let words: [(word: String, role: Role)] = [
        ("weights", .weight), ("weight", .weight), ("kernel", .weight), ("w", .weight), ("biases", .bias),
        ("bias", .bias), ("b", .bias),
    ]

    /// The layers of a file, and whether their names tell their order, in which they are then.
    ///
    /// - Throws: `TensorError` for a tensor that is no layer's, or a layer that lacks one.
    static func layers(
        of tensors: [StoredTensor]
    ) throws(TensorError) -> (layers: [LayerTensors.Layer], isOrdered: Bool) {
        if let unnamed = try unnamedLayers(of: tensors) { return (unnamed, true) }
        var layers: [String: [Role: StoredTensor]] = [:]
        for tensor in tensors.sorted(by: { $0.name < $1.name }) {
            guard let (layer, role) = parts(of: tensor.name) else {
                throw TensorError(
                    tensor: tensor.name,
                    "is no layer's weight or bias by its name: Basin's networks are fully connected layers alone. If "
                        + "it does not count: \(LayerTensors.wayToName)")
            }
            if let other = layers[layer, default: [:]].updateValue(tensor, forKey: role) {
                throw TensorError(
                    tensor: tensor.name,
                    "is of the same layer as '\(other.name.shortened)' by its name. \(LayerTensors.wayToName)")
            }
        }
        let names = layers.keys.sorted()
        let numbers = names.map(Numbers.init)
        let isOrdered = Set(numbers.map(\.rest)).count == 1 && Set(numbers).count == numbers.count
        let places = isOrdered ? names.indices.sorted { numbers[$0] < numbers[$1] } : Array(names.indices)
        var result: [LayerTensors.Layer] = []
        for place in places { result.append(try layer(layers[names[place]] ?? [:])) }
        return (result, isOrdered)
    }

    private static func layer(_ parts: [Role: StoredTensor]) throws(TensorError) -> LayerTensors.Layer {
        if let weight = parts[.weight], let bias = parts[.bias] { return .init(weight: weight, bias: bias) }
        if let weight = parts[.weight] {
            let isLinear = weight.shape.count == 2
            throw TensorError(
                tensor: weight.name,
                isLinear
                    ? "has no bias beside it, and Basin's layers have one. Save a bias of zeros with it"
                    : "is \(weight.shape) and has no bias beside it: Basin's networks are fully connected layers "
                        + "alone. Leave this network out")
        }
        throw TensorError(
            tensor: parts[.bias]?.name, "has no weight beside it. \(LayerTensors.wayToName)")
    }

    /// What layer a tensor is of, by a name that only its other tensor shares, and what it is of it.
    private static func parts(of name: String) -> (layer: String, role: Role)? {
        var text = Substring(name.lowercased())
        // TensorFlow's number of an operation's output.
        if text.hasSuffix(":0") { text.removeLast(2) }
        let digits = text.reversed().prefix { $0.isASCII && $0.isNumber }.count
        let number = text.suffix(digits)
        text.removeLast(digits)
        if digits > 0, text.last == "_" || text.last == "." { text.removeLast() }
        for (word, role) in words where text.hasSuffix(word) {
            let layer = text.dropLast(word.count)
            guard layer.last.map({ "._/".contains($0) }) ?? true else { continue }
            return ("\(layer)\(number)", role)
        }
        return nil
    }

    /// The numbers in a layer's name, by which layers of one name are ordered: none before any, as Keras counts
    /// `dense`, `dense_1`.
    private struct Numbers: Hashable {
        private(set) var numbers: [Int] = []
        /// The name without them.
        private(set) var rest = ""

        init(_ name: String) {
            var digits = ""
            for character in name + " " {
                if character.isASCII, character.isNumber {
                    digits.append(character)
                    continue
                }
                if !digits.isEmpty {
                    numbers.append(Int(digits) ?? .max)
                    if rest.last == "_" { rest.removeLast() }
                    digits = ""
                }
                rest.append(character)
            }
        }

        static func < (left: Numbers, right: Numbers) -> Bool { left.numbers.lexicographicallyPrecedes(right.numbers) }
    }

    /// The layers of arrays that have numbers alone; nil where a name is another.
    private static func unnamedLayers(of tensors: [StoredTensor]) throws(TensorError) -> [LayerTensors.Layer]? {
        let places = tensors.map { $0.name.hasPrefix("arr_") ? Int($0.name.dropFirst("arr_".count)) : nil }
        guard places.allSatisfy({ $0 != nil }) else { return nil }
        let sorted = zip(places, tensors).sorted { ($0.0 ?? 0) < ($1.0 ?? 0) }.map(\.1)
        var layers: [LayerTensors.Layer] = []
        for place in stride(from: 0, to: sorted.count, by: 2) {
            guard place + 1 < sorted.count else {
                throw TensorError(
                    tensor: sorted[place].name,
                    "has no other beside it: arrays without names are read as weight, bias, weight, bias. "
                        + LayerTensors.wayToName)
            }
            layers.append(.init(weight: sorted[place], bias: sorted[place + 1]))
        }
        return layers
    }
}
