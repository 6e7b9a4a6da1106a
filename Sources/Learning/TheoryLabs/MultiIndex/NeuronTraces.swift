import Foundation
import LinearAlgebra

/// What each neuron contributes to the Hessian's trace at an interpolator, and what scaling and splitting make of it
/// [O].
///
/// The risk is the mean of (f - y)². A neuron adds 2 (A + B) with A = mean φ(w·x)² (the outer weight's own second
/// derivative) and B = a² mean φ'(w·x)² |x|² (the inner weights'). Neurons with a = 0 or A = 0 are dropped first: they
/// can be scaled away.
package struct NeuronTraces: Sendable {
    /// p.
    package let degree: Double
    /// A and B of the neurons that fire and are heard.
    package let outer, inner: [Double]

    /// - Complexity: O(points · width · dimension).
    package init(_ network: HomogeneousNetwork, on inputs: Matrix) {
        degree = network.activation.degree
        let u = network.preactivations(inputs)
        let squares = (0..<inputs.rows).map { i in inputs.row(i).reduce(0) { $0 + $1 * $1 } }
        var (outer, inner) = ([Double](), [Double]())
        for j in 0..<network.width {
            var (values, slopes) = (0.0, 0.0)
            for i in 0..<inputs.rows {
                let (value, slope) = (network.activation.value(u[i, j]), network.activation.slope(u[i, j]))
                values += value * value
                slopes += slope * slope * squares[i]
            }
            guard values > 0, network.outer[j] != 0 else { continue }
            outer.append(values / Double(inputs.rows))
            inner.append(network.outer[j] * network.outer[j] * slopes / Double(inputs.rows))
        }
        (self.outer, self.inner) = (outer, inner)
    }

    /// Neurons that count.
    package var width: Int { outer.count }

    /// 2 Σ (A + B): the Hessian's trace where the residuals are 0.
    package var trace: Double { 2 * zip(outer, inner).reduce(0) { $0 + $1.0 + $1.1 } }

    /// C_p = 2 (1 + p) p^(-p/(p+1)): 4 for p = 1, 3.77976 for p = 2.
    package var constant: Double { 2 * (1 + degree) * pow(degree, -degree / (degree + 1)) }

    /// S = C_p Σ A^(1/(p+1)) B^(p/(p+1)): the least trace over all scalings (a / c^p, c w).
    package var orbitTrace: Double {
        constant
            * zip(outer, inner).reduce(0) {
                $0 + pow($1.0, 1 / (degree + 1)) * pow($1.1, degree / (degree + 1))
            }
    }

    /// V = Σ A^(1/2p) B^(1/2): does not change when neurons are split or scaled. S = C_1 V for p = 1.
    package var variationNorm: Double {
        zip(outer, inner).reduce(0) { $0 + pow($1.0, 1 / (2 * degree)) * $1.1.squareRoot() }
    }

    /// S_m = C_p m^(-(p-1)/(p+1)) V^(2p/(p+1)): the least S when the neurons are split into m in all, with shares in
    /// proportion to A^(1/2p) B^(1/2) that need not be whole numbers. For p = 1 it is S at every width.
    package func splitTrace(width: Int) -> Double {
        constant * pow(Double(width), -(degree - 1) / (degree + 1)) * pow(variationNorm, 2 * degree / (degree + 1))
    }

    /// S_m over another function's S_m: the same at every width m.
    ///
    /// Nil when the other one is 0 on the sample.
    package func flatnessRatio(to other: NeuronTraces) -> Double? {
        other.variationNorm > 0 ? pow(variationNorm / other.variationNorm, 2 * degree / (degree + 1)) : nil
    }
}

extension HomogeneousNetwork {
    /// The point of the orbit where S is attained: neuron by neuron c^(2p+2) = B / (p A). Neurons that do not count
    /// stay.
    package func balanced(on inputs: Matrix) -> HomogeneousNetwork {
        rescaled(
            by: (0..<width).map { j in
                let neuron = HomogeneousNetwork(
                    activation, outer: [outer[j]],
                    inner: Matrix(rows: 1, columns: dimension, elements: Array(inner.row(j))))
                let traces = NeuronTraces(neuron, on: inputs)
                guard let a = traces.outer.first, let b = traces.inner.first else { return 1 }
                return pow(b / (traces.degree * a), 1 / (2 * traces.degree + 2))
            })
    }

    /// tr ∇² of the mean of (f - y)², wherever no point lies on a kink [O].
    ///
    /// 2 Σ_j (A_j + B_j) + 2 mean((f - y) Σ_j a_j φ''(w_j·x) |x|²): the second part is 0 at an interpolator, and for
    /// the rectifier everywhere. All neurons count here, also those that S drops.
    ///
    /// - Complexity: O(points · width · dimension).
    package func riskTrace(_ inputs: Matrix, labels: [Double]) -> Double {
        let u = preactivations(inputs)
        var sum = 0.0
        for i in 0..<inputs.rows {
            let square = inputs.row(i).reduce(0) { $0 + $1 * $1 }
            var (output, gradient, curvature) = (0.0, 0.0, 0.0)
            for j in 0..<width {
                let (value, slope) = (activation.value(u[i, j]), activation.slope(u[i, j]))
                output += outer[j] * value
                gradient += value * value + outer[j] * outer[j] * slope * slope * square
                curvature += outer[j] * activation.curvature(u[i, j]) * square
            }
            sum += gradient + (output - labels[i]) * curvature
        }
        return 2 * sum / Double(inputs.rows)
    }
}
