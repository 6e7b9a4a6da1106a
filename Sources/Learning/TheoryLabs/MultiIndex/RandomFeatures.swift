import LinearAlgebra
import Randomness

extension MultiIndexProblem {
    /// The network with standard normal inner weights whose outer weights have the least Euclidean norm among those
    /// that fit `values` on the inputs [O].
    ///
    /// - Throws: `ModelFailed` when the features do not fit everything.
    /// - Complexity: O(samples² · features).
    package func randomFeatureFit(
        of values: [Double], features count: Int, stream: NativeStream
    ) throws(ModelFailed) -> HomogeneousNetwork {
        var normals = stream.child("features")
        let inner = Matrix(rows: count, columns: dimension) { _, _ in normals.normal() }
        let features = (inputs * inner.transposed).mapped(activation.value)
        guard let outer = features.minimumNormSolution(of: values) else {
            throw ModelFailed("\(count) random features do not interpolate \(samples) points")
        }
        return HomogeneousNetwork(activation, outer: outer, inner: inner)
    }
}
