/// A polynomial in the lengths ρ_1, …, ρ_L of the layers' perturbations, with each in a term at most once and
/// non-negative coefficients: what bounds on a network's change are made of.
package struct LayerPolynomial: Sendable {
    /// Coefficients by set of layers, the set as a bit mask.
    private var coefficients: [Double]

    package init(layers: Int, constant: Double = 0) {
        coefficients = [Double](repeating: 0, count: 1 << layers)
        coefficients[0] = constant
    }

    package static func + (left: LayerPolynomial, right: LayerPolynomial) -> LayerPolynomial {
        var result = left
        for index in right.coefficients.indices { result.coefficients[index] += right.coefficients[index] }
        return result
    }

    package static func * (factor: Double, polynomial: LayerPolynomial) -> LayerPolynomial {
        var result = polynomial
        for index in result.coefficients.indices { result.coefficients[index] *= factor }
        return result
    }

    /// Times ρ of a layer that is in no term yet.
    package func times(layer: Int) -> LayerPolynomial {
        var result = LayerPolynomial(layers: coefficients.count.trailingZeroBitCount)
        for (terms, coefficient) in coefficients.enumerated() where coefficient != 0 {
            precondition(terms & (1 << layer) == 0)
            result.coefficients[terms | 1 << layer] = coefficient
        }
        return result
    }

    /// At least the polynomial's maximum over Σ ρ² ≤ r².
    ///
    /// A product of d lengths is at most (r / √d)^d; the linear terms together are at most r times the length of their
    /// coefficients.
    package func bound(radius: Double) -> Double {
        var (linear, sum) = (0.0, coefficients[0])
        for (terms, coefficient) in coefficients.enumerated() where terms != 0 {
            let degree = terms.nonzeroBitCount
            if degree == 1 {
                linear += coefficient * coefficient
            } else {
                let length = radius / Double(degree).squareRoot()
                sum += coefficient * (0..<degree).reduce(1) { product, _ in product * length }
            }
        }
        return sum + radius * linear.squareRoot()
    }
}
