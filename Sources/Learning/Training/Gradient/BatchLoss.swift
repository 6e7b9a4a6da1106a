import Buffers
import LinearAlgebra
import Networks

/// The mean softmax cross-entropy of a batch of training points at given parameters, with every buffer that a pass
/// forward and back needs.
///
/// Nothing is allocated in a pass. The first layer is a `SparseLayer` over the touched input columns; the others are
/// dense. The loss is a function of the parameters and the batch alone, so a rule may ask for it at other parameters
/// without leaving a trace.
final class BatchLoss {
    let points: LabelledPoints
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

    init(_ architecture: Architecture, points: LabelledPoints, batchSize: Int) {
        self.points = points
        let columns = InputColumns(of: points)
        let inputs = SparseInputs(points, columns: columns)
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
    }

    /// All layers' outputs on the points at `indices`, at most `rows` of them.
    func forward<Indices: RandomAccessCollection<Int>>(
        _ indices: Indices, at parameters: ParameterVector
    ) where Indices.Index == Int {
        let layers = layout.layers
        let width = layers[0].outputs
        for (part, batch) in batches.enumerated() {
            let start = indices.startIndex + part * SparseBatch.capacity
            guard start < indices.endIndex else { break }
            batch.load(indices[start..<min(start + SparseBatch.capacity, indices.endIndex)], of: inputs)
            first.forward(
                batch, weights: parameters.strips, into: outputs[0].pointer + part * SparseBatch.capacity * width)
        }
        let count = indices.count
        activate(layer: 0, count: count, at: parameters)
        for index in layers.indices.dropFirst() {
            let layer = layers[index]
            BLAS.multiply(
                outputs[index - 1].pointer, .no, leadingA: layer.inputs,
                parameters.pointer(at: layout.weights(of: index)), .yes, leadingB: layer.inputs,
                into: outputs[index].pointer, leadingC: layer.outputs, m: count, n: layer.outputs, k: layer.inputs)
            activate(layer: index, count: count, at: parameters)
        }
    }

    /// Adds the biases and, but for the last layer, takes the ReLU.
    private func activate(layer index: Int, count: Int, at parameters: ParameterVector) {
        let width = layout.layers[index].outputs
        addBiases(
            .init(start: parameters.pointer(at: layout.biases(of: index)), count: width),
            to: .init(start: outputs[index].pointer, count: count * width),
            rectified: index < layout.layers.count - 1)
    }

    /// The logits of the last forward pass, `count` rows.
    func logits(count: Int) -> UnsafeBufferPointer<Float> {
        .init(start: outputs[outputs.count - 1].pointer, count: count * layout.architecture.classCount)
    }
}
