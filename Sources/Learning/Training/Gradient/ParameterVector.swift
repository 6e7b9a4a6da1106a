import Buffers
import Networks

/// One number for each parameter of a network in training: the parameters themselves, a gradient, or what an update
/// rule remembers.
///
/// The numbers stand in an order that suits the passes over the points, and some places between them belong to no
/// parameter: those hold zero in every vector, and a rule leaves them so if it takes zeros to zeros. All vectors of one
/// training have the same order, so rules work place by place and with sums over all places.
public final class ParameterVector {
    private let memory: AlignedMemory<Float>
    /// Where biases stand, layer by layer.
    private let biases: [Range<Int>]

    init(zeros layout: TrainingLayout) {
        // Whole strips, so that no pass over sixteen places at a time has a rest.
        memory = AlignedMemory(repeating: 0, count: (layout.count + 15) / 16 * 16)
        biases = layout.layers.indices.map { layer in
            let first = layout.biases(of: layer)
            return first..<first + layout.layers[layer].outputs
        }
    }

    /// Gives all biases one value.
    public func setBiases(to value: Float) {
        for range in biases { places[range].update(repeating: value) }
    }

    var places: UnsafeMutableBufferPointer<Float> { .init(start: memory.pointer, count: memory.count) }

    /// The places of one layer's weights or biases, for the passes; valid while the vector lives.
    func pointer(at place: Int) -> UnsafeMutablePointer<Float> { memory.pointer + place }

    /// Sixteen places at a time, from the first layer's strips on.
    var strips: UnsafeMutablePointer<SparseLayer.Vector> {
        UnsafeMutableRawPointer(memory.pointer).assumingMemoryBound(to: SparseLayer.Vector.self)
    }

    var isFinite: Bool { places.allSatisfy(\.isFinite) }
}
