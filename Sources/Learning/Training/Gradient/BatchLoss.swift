import Buffers
import LinearAlgebra
import Networks
import Randomness

/// The mean softmax cross-entropy of a batch of training points at given parameters, with every buffer that a pass
/// forward and back needs.
///
/// Nothing is allocated in a pass. The first layer is a `SparseLayer` over the touched input columns; the others are
/// dense. The loss is a function of the parameters, the batch and the noise that was drawn last, so a rule may ask for
/// it at other parameters without leaving a trace.
final class BatchLoss {
    let points: LabelledPoints
    /// The places of all points, in their order.
    let everyPoint: [Int]
    let layout: TrainingLayout
    private let inputs: SparseInputs
    let first: SparseLayer
    /// The points of a batch, or of a pass over the training points, at most.
    let rows: Int
    /// The batch's inputs, part by part.
    let batches: [SparseBatch]
    /// Each layer's outputs; rows of a batch, row-major.
    let outputs: [AlignedMemory<Float>]
    /// The loss's derivatives by each layer's pre-activations.
    let deltas: [AlignedMemory<Float>]
    /// The sum over a batch of one layer's deltas.
    let deltaSums: AlignedMemory<Float>
    /// Nil where the recipe has none.
    let noise: StepNoise?

    /// - Parameter stream: deals the noise.
    init(
        _ architecture: Architecture, points: LabelledPoints, batchSize: Int, noise: TrainingNoise = .init(),
        stream: NativeStream = NativeStream(seed: 0)
    ) {
        self.points = points
        everyPoint = Array(0..<points.count)
        let isNoisy = noise.inputDeviation > 0
        let columns = InputColumns(of: points, takesAll: isNoisy)
        let inputs = SparseInputs(points, columns: columns, keepsZeros: isNoisy)
        layout = TrainingLayout(architecture, columns: columns)
        self.inputs = inputs
        let layers = layout.layers
        first = SparseLayer(units: layers[0].outputs, columnCount: columns.touched.count)
        let rows = min(batchSize, points.count)
        self.rows = rows
        batches = stride(from: 0, to: rows, by: SparseBatch.capacity).map { _ in SparseBatch(of: inputs) }
        outputs = layers.map { AlignedMemory(repeating: 0, count: rows * $0.outputs) }
        deltas = layers.map { AlignedMemory(repeating: 0, count: rows * $0.outputs) }
        deltaSums = AlignedMemory(repeating: 0, count: layers.map(\.outputs).max() ?? 1)
        self.noise = StepNoise(
            noise, stream: stream, widths: layers.dropLast().map(\.outputs), columnCount: columns.touched.count,
            rows: rows)
    }

    /// All layers' outputs on the points at `indices`, at most `rows` of them.
    ///
    /// - Parameter noise: nil to look at the network as it is.
    func forward(_ indices: ArraySlice<Int>, at parameters: ParameterVector, noise: StepNoise?) {
        let layers = layout.layers
        let width = layers[0].outputs
        for (part, batch) in batches.enumerated() {
            let start = indices.startIndex + part * SparseBatch.capacity
            guard start < indices.endIndex else { break }
            batch.load(
                indices[start..<min(start + SparseBatch.capacity, indices.endIndex)], of: inputs,
                adding: noise?.inputs.map { $0.pointer + part * SparseBatch.capacity * inputs.pairCount })
            first.forward(
                batch, weights: parameters.strips, into: outputs[0].pointer + part * SparseBatch.capacity * width)
        }
        let count = indices.count
        activate(layer: 0, count: count, at: parameters, noise: noise)
        for index in layers.indices.dropFirst() {
            let layer = layers[index]
            BLAS.multiply(
                outputs[index - 1].pointer, .no, leadingA: layer.inputs,
                parameters.pointer(at: layout.weights(of: index)), .yes, leadingB: layer.inputs,
                into: outputs[index].pointer, leadingC: layer.outputs, m: count, n: layer.outputs, k: layer.inputs)
            activate(layer: index, count: count, at: parameters, noise: noise)
        }
    }

    /// Adds the biases and, but for the last layer, takes the activation and leaves units out.
    private func activate(layer index: Int, count: Int, at parameters: ParameterVector, noise: StepNoise?) {
        let (width, isHidden) = (layout.layers[index].outputs, index < layout.layers.count - 1)
        addBiases(
            .init(start: parameters.pointer(at: layout.biases(of: index)), count: width),
            to: .init(start: outputs[index].pointer, count: count * width),
            activation: isHidden ? layout.architecture.activation : nil)
        if isHidden, let factors = noise?.factors {
            multiply(outputs[index].pointer, by: factors[index].pointer, count: count * width)
        }
    }

    /// The logits of the last forward pass, `count` rows.
    func logits(count: Int) -> UnsafeBufferPointer<Float> {
        .init(start: outputs[outputs.count - 1].pointer, count: count * layout.architecture.classCount)
    }
}

/// values ← values · factors, place by place.
func multiply(_ values: UnsafeMutablePointer<Float>, by factors: UnsafePointer<Float>, count: Int) {
    for i in 0..<count { values[i] *= factors[i] }
}
