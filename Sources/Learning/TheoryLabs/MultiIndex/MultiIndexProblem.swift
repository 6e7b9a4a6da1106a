import Foundation
import LinearAlgebra
import Randomness

/// A sample of a multi-index model: y_i = Σ_l φ(e_l·x_i) over the first k axes, plus noise.
///
/// With normal inputs the axes lose nothing: the law of x does not change under rotations.
package struct MultiIndexProblem: Sendable {
    package enum Inputs: String, CaseIterable, Sendable {
        /// Standard normal.
        case gaussian
        /// x_ij = 1.3 sin(0.61 (i + 1) (j + 1) + 0.4 i), counted from 0: the same for every seed.
        case sines
    }

    /// points x dimension.
    package let inputs: Matrix
    /// k orthonormal neurons with outer weight 1.
    package let teacher: HomogeneousNetwork
    /// The teacher's outputs.
    package let targets: [Double]
    /// Targets with noise: what is interpolated.
    package let labels: [Double]

    /// - Precondition: 1 ≤ indices ≤ dimension.
    package init(
        _ activation: HomogeneousActivation, inputs kind: Inputs = .gaussian, dimension: Int, samples: Int,
        indices: Int,
        noise: Double = 0, stream: NativeStream
    ) {
        precondition((1...dimension).contains(indices))
        switch kind {
        case .gaussian:
            var normals = stream.child("inputs")
            inputs = Matrix(rows: samples, columns: dimension) { _, _ in normals.normal() }
        case .sines:
            inputs = Matrix(rows: samples, columns: dimension) { i, j in
                1.3 * sin(0.61 * Double((i + 1) * (j + 1)) + 0.4 * Double(i))
            }
        }
        teacher = HomogeneousNetwork(
            activation, outer: [Double](repeating: 1, count: indices),
            inner: Matrix(rows: indices, columns: dimension) { $0 == $1 ? 1 : 0 })
        targets = teacher.outputs(inputs)
        if noise > 0 {
            var normals = stream.child("label noise")
            labels = targets.map { $0 + noise * normals.normal() }
        } else {
            labels = targets
        }
    }

    package var activation: HomogeneousActivation { teacher.activation }

    package var samples: Int { inputs.rows }

    package var dimension: Int { inputs.columns }
}
