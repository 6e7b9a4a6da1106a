/// The shape of a fully connected network and the layout of its parameters in one flat buffer.
///
/// Layer after layer: the weight matrix, row-major, outputs x inputs, then the bias vector. The activation follows
/// every layer but the last, whose outputs are the logits.
public struct Architecture: Sendable, Hashable {
    /// One affine layer's shape and place.
    public struct Layer: Sendable, Hashable {
        public let inputs: Int
        public let outputs: Int
        /// Where the outputs x inputs weight matrix begins in the parameter buffer.
        public let weightOffset: Int
        /// Where the bias vector begins.
        public let biasOffset: Int

        public var weightCount: Int { inputs * outputs }
        public var weights: Range<Int> { weightOffset..<(weightOffset + weightCount) }
        public var biases: Range<Int> { biasOffset..<(biasOffset + outputs) }
        /// Weights and biases.
        public var parameters: Range<Int> { weightOffset..<(biasOffset + outputs) }

        /// The weights into one output.
        public func row(_ output: Int) -> Range<Int> {
            weightOffset + output * inputs..<weightOffset + (output + 1) * inputs
        }
    }

    /// Inputs, hidden widths, classes.
    public let widths: [Int]
    /// A ReLU unless something else is said.
    public let activation: Activation

    /// - Precondition: at least an input and an output width, all positive.
    public init(widths: [Int], activation: Activation = .relu) {
        precondition(widths.count >= 2 && widths.allSatisfy { $0 > 0 }, "an architecture has positive widths")
        self.widths = widths
        self.activation = activation
    }

    public var layers: [Layer] {
        var offset = 0
        return zip(widths, widths.dropFirst()).map { inputs, outputs in
            let layer = Layer(
                inputs: inputs, outputs: outputs, weightOffset: offset, biasOffset: offset + inputs * outputs)
            offset += (inputs + 1) * outputs
            return layer
        }
    }

    public var inputSize: Int { widths[0] }
    public var classCount: Int { widths[widths.count - 1] }
    /// The width of the last hidden layer, or of the inputs when there is none.
    public var featureWidth: Int { widths[widths.count - 2] }
    public var parameterCount: Int { zip(widths, widths.dropFirst()).reduce(0) { $0 + ($1.0 + 1) * $1.1 } }
}

extension Architecture: CustomStringConvertible {
    /// The widths as papers write them: 784-64-8-10.
    public var description: String { widths.map(String.init).joined(separator: "-") }
}
