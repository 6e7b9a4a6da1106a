import LinearAlgebra
import Networks

/// The n (K - 1) x n (K - 1) matrix (1/n) Σ_l (B_{l,i} B_{l,j}ᵀ)_{cc'} (a_{l-1,i} · a_{l-1,j} + 1), B_l = A J_l, whose
/// eigenvalues are the nonzero ones of the Gauss–Newton matrix G, which is (1/n) Φᵀ Φ where this is (1/n) Φ Φᵀ.
///
/// Adaptive it is that of D G D, D = diag(θ), from the rows of Φ D: the last factor is Σ_k W_uk² a_ik a_jk + b_u² then,
/// inside the sum over the units u that B Bᵀ is.
package struct GramMatrix {
    /// What a spectrum is taken of at most: so many points times classes.
    static let mostRows = 4096

    let matrix: Matrix

    /// - Complexity: O(n² K² Σ width_l + n² Σ width_{l-1}), adaptive O(n² Σ width_l (K² + width_{l-1})).
    package init(of view: PointView, isAdaptive: Bool = false) {
        let (count, perPoint) = (view.count, view.classes - 1)
        let size = count * perPoint
        var sums = [Double](repeating: 0, count: size * size)
        for index in view.layers.indices {
            let layer = view.layers[index]
            var (rows, inputs): ([Double], [Double]) = ([], [])
            view.forEachPass { pass in
                let curvature = pass.independentCurvatureRows
                for points in curvature.parts { rows += curvature.rows(of: points, at: index) }
                inputs += pass.outputs[index]
            }
            if isAdaptive {
                let parameters = view.network.parameters
                for unit in 0..<layer.outputs {
                    let weights = parameters[layer.row(unit)]
                    var weighted = inputs
                    for start in stride(from: 0, to: weighted.count, by: layer.inputs) {
                        for (place, weight) in weights.enumerated() { weighted[start + place] *= weight }
                    }
                    let bias = parameters[layer.biases.lowerBound + unit]
                    Self.addOuter(
                        stride(from: unit, to: rows.count, by: layer.outputs).map { rows[$0] }, perPoint: perPoint,
                        times: Self.products(weighted, rows: count, width: layer.inputs).map { $0 + bias * bias },
                        to: &sums)
                }
            } else {
                let between = Self.products(rows, rows: size, width: layer.outputs)
                let dots = Self.products(inputs, rows: count, width: layer.inputs)
                for row in 0..<size {
                    let i = row / perPoint
                    for j in 0...i {
                        let factor = dots[i * count + j] + 1
                        for place in row * size + j * perPoint..<row * size + (j + 1) * perPoint {
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

    /// Adds v_ic v_jc' f_ij where j ≤ i to the matrix of rows (i, c) and columns (j, c').
    private static func addOuter(
        _ vector: [Double], perPoint: Int, times factors: [Double], to sums: inout [Double]
    ) {
        let (size, count) = (vector.count, vector.count / max(perPoint, 1))
        vector.withUnsafeBufferPointer { vector in
            factors.withUnsafeBufferPointer { factors in
                sums.withUnsafeMutableBufferPointer { sums in
                    // A unit that is off at a point has rows of zeros there.
                    for row in 0..<size where vector[row] != 0 {
                        let i = row / perPoint
                        for j in 0...i {
                            let factor = vector[row] * factors[i * count + j]
                            for column in j * perPoint..<(j + 1) * perPoint {
                                sums[row * size + column] += factor * vector[column]
                            }
                        }
                    }
                }
            }
        }
    }

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
