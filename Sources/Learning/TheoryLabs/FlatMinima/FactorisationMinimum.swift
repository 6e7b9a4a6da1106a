import Foundation
import LinearAlgebra
import Randomness

/// Minima of a factorisation with chosen singular values, along one line of their orbit.
package struct FactorisationMinimum: Sendable {
    /// How the orbit is left: X = U Σ^½ G, Y = V Σ^½ G^-1 with G = exp(t D).
    package enum Direction: String, CaseIterable, Sendable {
        /// D = I: all of X grows and all of Y shrinks.
        case uniform
        /// D = e1 e1ᵀ: the largest singular direction alone.
        case first
        /// D = ek ekᵀ: the smallest alone.
        case last
        /// D symmetric with random entries and spectral norm 1.
        case random
    }

    /// M's singular values, largest first, positive.
    package let singularValues: [Double]
    package let rows: Int
    package let columns: Int

    package init(singularValues: [Double], rows: Int, columns: Int) {
        precondition(singularValues.count <= min(rows, columns))
        self.singularValues = singularValues
        self.rows = rows
        self.columns = columns
    }

    /// The minimum at t along a direction; balanced at t = 0.
    ///
    /// M's singular vectors are random orthonormal ones.
    package func point(_ direction: Direction, at t: Double, seed: UInt64) throws(ModelFailed) -> Factorisation {
        let stream = NativeStream(seed: seed)
        let rank = singularValues.count
        let roots = Matrix.diagonal(singularValues.map { $0.squareRoot() })
        let u = try Self.frame(rows, rank, stream.child("left"))
        let v = try Self.frame(columns, rank, stream.child("right"))
        let generator = try generator(direction, stream.child("direction"))
        guard let parts = generator.symmetricEigendecomposition() else {
            throw ModelFailed("the orbit's direction has no eigenvectors")
        }
        func power(_ t: Double) -> Matrix {
            parts.vectors * Matrix.diagonal(parts.values.map { exp(t * $0) }) * parts.vectors.transposed
        }
        return Factorisation(
            left: u * roots * power(t), right: v * roots * power(-t),
            target: u * Matrix.diagonal(singularValues) * v.transposed)
    }

    private func generator(_ direction: Direction, _ stream: NativeStream) throws(ModelFailed) -> Matrix {
        let rank = singularValues.count
        switch direction {
        case .uniform: return .identity(rank)
        case .first: return .diagonal((0..<rank).map { $0 == 0 ? 1 : 0 })
        case .last: return .diagonal((0..<rank).map { $0 == rank - 1 ? 1 : 0 })
        case .random:
            var stream = stream
            let any = Matrix(rows: rank, columns: rank) { _, _ in stream.normal() }
            let symmetric = any + any.transposed
            guard let values = symmetric.symmetricEigendecomposition()?.values else {
                throw ModelFailed("the orbit's direction has no eigenvalues")
            }
            return (1 / values.reduce(0) { max($0, abs($1)) }) * symmetric
        }
    }

    /// Random orthonormal columns.
    private static func frame(_ rows: Int, _ columns: Int, _ stream: NativeStream) throws(ModelFailed) -> Matrix {
        var stream = stream
        let normal = Matrix(rows: rows, columns: columns) { _, _ in stream.normal() }
        guard let parts = normal.singularValueDecomposition() else {
            throw ModelFailed("no orthonormal frame was found")
        }
        return parts.left * parts.right.transposed
    }

    /// f° of the balanced minimum, (√(2 σ1) r + r² / 2)² [O]: the least of all minima.
    package func leastVariation(radius r: Double) -> Double {
        let root = (2 * (singularValues.first ?? 0)).squareRoot() * r + 0.5 * r * r
        return root * root
    }

    /// The balanced minimum's distance to {f = ε}, √2 (√(σ1 + √ε) - √σ1) [O]: the greatest of all minima.
    package func greatestDistance(level: Double) -> Double {
        let (largest, root) = (singularValues.first ?? 0, level.squareRoot())
        return 2.0.squareRoot() * root / ((largest + root).squareRoot() + largest.squareRoot())
    }
}
