import LinearAlgebra
import Networks

/// The n K x n K matrix (1/n) Σ_l (B_{l,i} B_{l,j}ᵀ)_{cc'} (a_{l-1,i} · a_{l-1,j} + 1), B_l = A J_l, whose eigenvalues
/// are the nonzero ones of the Gauss–Newton matrix, which is (1/n) Φᵀ Φ where this is (1/n) Φ Φᵀ.
package struct GramMatrix {
    /// Rows that a spectrum is taken of at most.
    static let mostRows = 4096

    let matrix: Matrix

    /// - Complexity: O(n² K² Σ width_l + n² Σ width_{l-1}).
    package init(of view: PointView) {
        let (count, classes) = (view.count, view.classes)
        let size = count * classes
        var sums = [Double](repeating: 0, count: size * size)
        for index in view.layers.indices {
            let layer = view.layers[index]
            var (rows, inputs): ([Double], [Double]) = ([], [])
            view.forEachPass { pass in
                let curvature = pass.curvatureRows
                for points in curvature.parts { rows += curvature.rows(of: points, at: index) }
                inputs += pass.outputs[index]
            }
            let between = Self.products(rows, rows: size, width: layer.outputs)
            let dots = Self.products(inputs, rows: count, width: layer.inputs)
            for i in 0..<count {
                for c in 0..<classes {
                    let row = (i * classes + c) * size
                    for j in 0...i {
                        let factor = dots[i * count + j] + 1
                        for place in row + j * classes..<row + (j + 1) * classes {
                            sums[place] += between[place] * factor
                        }
                    }
                }
            }
        }
        // In place: at its largest the matrix takes 128 MiB.
        let scale = 1 / Double(max(count, 1))
        for place in sums.indices { sums[place] *= scale }
        matrix = Matrix(rows: size, columns: size, elements: sums)
    }

    /// Smallest first, none below 0; nil where LAPACK gave up.
    package func eigenvalues() -> [Double]? { matrix.symmetricEigenvalues()?.map { max($0, 0) } }

    /// M Mᵀ.
    private static func products(_ matrix: [Double], rows: Int, width: Int) -> [Double] {
        var result = [Double](repeating: 0, count: rows * rows)
        guard rows > 0 else { return result }
        BLAS.multiply(
            matrix, .no, leadingA: width, matrix, .yes, leadingB: width, into: &result, leadingC: rows, m: rows,
            n: rows, k: width)
        return result
    }
}
