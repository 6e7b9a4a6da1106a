import Diagnostics

/// Which tensors of a file are which layer's weight and bias, and which way round the weights lie.
///
/// What is not said is found out: layers by the tensors' names (`TensorNames`), their order by the numbers in these or
/// by shapes that fit together in one way alone, and the way round by the number of biases. Where that does not decide,
/// it is asked for, never guessed.
public struct LayerTensors: Sendable, Hashable {
    /// Which way round a weight matrix lies.
    public enum Layout: String, Sendable, CaseIterable {
        /// As PyTorch and Basin have it: a row an output.
        case outputsByInputs = "outputs-by-inputs"
        /// As Keras, Flax and most NumPy programs have it: a column an output.
        case transposed
    }

    /// The names of a layer's two tensors.
    public struct Names: Sendable, Hashable {
        public let weight: String
        public let bias: String

        public init(weight: String, bias: String) {
            self.weight = weight
            self.bias = bias
        }
    }

    /// From the first layer to the last; nil where the names tell. Tensors beside them are not looked at.
    public var names: [Names]?
    /// Nil where shapes tell.
    public var layout: Layout?

    public init(names: [Names]? = nil, layout: Layout? = nil) {
        self.names = names
        self.layout = layout
    }

    /// The network whose layers these tensors are.
    ///
    /// - Parameter activation: what follows each hidden layer, which no tensor tells; without hidden layers nothing
    ///   does.
    /// - Throws: `TensorError` for what is no such network, or may be several.
    /// - Complexity: O(numbers), and O(layers!) where shapes alone give the order.
    public func network(of tensors: [StoredTensor], activation: Activation) throws(TensorError) -> Network {
        let (layers, isOrdered) = try layers(tensors)
        let laid = try isOrdered ? laidOut(layers) : TensorChain.order(laidOut(layers))
        for (layer, next) in zip(laid, laid.dropFirst()) where layer.outputs != next.inputs {
            throw TensorError(
                tensor: next.tensors.weight.name,
                "is \(next.tensors.weight.shape) and takes \(next.inputs) inputs, where the layer before, "
                    + "'\(layer.tensors.weight.name.shortened)', has \(layer.outputs) outputs. \(Self.wayToName)")
        }
        let widths = [laid[0].inputs] + laid.map(\.outputs)
        let architecture = Architecture(widths: widths, activation: widths.count == 2 ? .relu : activation)
        var parameters: [Float] = []
        parameters.reserveCapacity(architecture.parameterCount)
        for layer in laid {
            let weights = try layer.tensors.weight.weights()
            switch layer.layout {
            case .outputsByInputs: parameters += weights
            case .transposed:
                parameters += StoredTensor.transposed(weights, rows: layer.inputs, columns: layer.outputs)
            }
            parameters += try layer.tensors.bias.weights()
        }
        return Network(architecture: architecture, parameters: parameters)
    }

    // MARK: Which tensors

    /// The layers' tensors, and whether they are in the layers' order.
    private func layers(_ tensors: [StoredTensor]) throws(TensorError) -> (layers: [Layer], isOrdered: Bool) {
        guard !tensors.isEmpty else { throw TensorError("there is no tensor in it: save the network's weights") }
        guard let names else { return try TensorNames.layers(of: tensors) }
        let known = Dictionary(tensors.map { ($0.name, $0) }) { first, _ in first }
        func tensor(_ name: String) throws(TensorError) -> StoredTensor {
            if let found = known[name] { return found }
            throw TensorError(
                tensor: name, "is not there. \(suggestion(for: name, among: tensors.map(\.name)))")
        }
        var layers: [Layer] = []
        for pair in names { layers.append(Layer(weight: try tensor(pair.weight), bias: try tensor(pair.bias))) }
        return (layers, true)
    }

    /// A layer's two tensors.
    struct Layer {
        let weight: StoredTensor
        let bias: StoredTensor
    }

    static let wayToName =
        "Name the layers' tensors in their order, as networks: {tensors: [[fc1.weight, fc1.bias], [fc2.weight, "
        + "fc2.bias]]}"

    // MARK: Which way round

    /// A layer of which it is known which way round its weights lie.
    struct LaidOut {
        let tensors: Layer
        let layout: Layout
        let outputs: Int
        let inputs: Int
    }

    private func laidOut(_ layers: [Layer]) throws(TensorError) -> [LaidOut] {
        var shapes: [(rows: Int, columns: Int, biases: Int)] = []
        for layer in layers { shapes.append(try Self.shape(of: layer)) }
        let told = shapes.map { shape -> Layout? in
            if shape.rows == shape.columns { return nil }
            return shape.rows == shape.biases ? .outputsByInputs : .transposed
        }
        let all = Set(told.compactMap { $0 })
        var laid: [LaidOut] = []
        for ((layer, shape), own) in zip(zip(layers, shapes), told) {
            if let layout, let own, layout != own {
                throw TensorError(
                    tensor: layer.weight.name,
                    "is \(layer.weight.shape) with \(shape.biases) biases, which is \(own.rawValue), and the study "
                        + "file says layout: \(layout.rawValue). Leave that out, or correct it")
            }
            // A square matrix lies as the others do.
            guard let found = layout ?? own ?? (all.count == 1 ? all.first : nil) else {
                throw TensorError(
                    tensor: layer.weight.name,
                    "is \(layer.weight.shape) and may lie either way round. State networks: {layout: "
                        + "\(Layout.outputsByInputs.rawValue)} for PyTorch's, {layout: \(Layout.transposed.rawValue)} "
                        + "for Keras's, Flax's and x @ W")
            }
            let isTransposed = found == .transposed
            laid.append(
                LaidOut(
                    tensors: layer, layout: found, outputs: isTransposed ? shape.columns : shape.rows,
                    inputs: isTransposed ? shape.rows : shape.columns))
        }
        return laid
    }

    /// - Throws: `TensorError` for a weight that is no matrix, and for as many biases as it has neither rows nor
    ///   columns.
    private static func shape(
        of layer: Layer
    ) throws(TensorError) -> (rows: Int, columns: Int, biases: Int) {
        let (weight, bias) = (layer.weight, layer.bias)
        guard weight.shape.count == 2 else {
            let what =
                weight.shape.count > 2
                ? "has \(weight.shape.count) dimensions, as a convolution has"
                : "is \(weight.shape), where a layer's weight is a matrix; normalisation has such tensors"
            throw TensorError(
                tensor: weight.name,
                "\(what): Basin's networks are fully connected layers alone. Leave this network out")
        }
        guard bias.shape.count(where: { $0 != 1 }) <= 1, let biases = bias.shape.max() else {
            throw TensorError(tensor: bias.name, "is \(bias.shape), where a layer's bias is one number an output")
        }
        guard weight.shape.allSatisfy({ $0 > 0 }), weight.shape.contains(biases) else {
            throw TensorError(
                tensor: weight.name,
                "is \(weight.shape) and its bias '\(bias.name.shortened)' \(bias.shape): a layer has a bias for each "
                    + "output. \(wayToName)")
        }
        return (weight.shape[0], weight.shape[1], biases)
    }
}
