/// A convex risk whose gradient is computed in a precision of choice.
package protocol GradientOracle<Scalar>: Sendable {
    associatedtype Scalar: BinaryFloatingPoint & Sendable

    /// Overwrites the gradient, which has as many elements as the weights.
    func gradient(at weights: UnsafeBufferPointer<Scalar>, into gradient: UnsafeMutableBufferPointer<Scalar>)
}

/// How |g| is computed.
package enum NormRule: String, CaseIterable, Sendable {
    /// The root of the sum of squares, which underflows for gradients below the root of the smallest number.
    case naive
    /// The same of g / max |g_i|, times max |g_i|.
    case scaled

    package func norm<Scalar: BinaryFloatingPoint>(_ vector: UnsafeBufferPointer<Scalar>) -> Scalar {
        var largest: Scalar = 1
        if self == .scaled {
            largest = vector.reduce(0) { max($0, abs($1)) }
            guard largest > 0 else { return 0 }
        }
        var sum: Scalar = 0
        for element in vector { sum += (element / largest) * (element / largest) }
        return largest * sum.squareRoot()
    }
}

/// SAM: w ← w - η ∇F_S(w + r g / (|g| + ε)), g = ∇F_S(w), every operation in one precision; where |g| comes out as 0
/// the perturbation is 0.
package struct SAMRun: Sendable {
    /// The last iterate.
    package let last: [Double]
    /// |∇F_S(w_1)|, of the gradient as it was computed, without underflow.
    package let initialGradientNorm: Double
    /// η Σ |∇F_S(w_t + v_t)|.
    package let pathLength: Double

    /// - Complexity: two gradients an update.
    package init<Oracle: GradientOracle>(
        _ oracle: Oracle, start: [Double], updates: Int, stepSize: Double, radius: Double, norm: NormRule,
        epsilon: Double
    ) {
        typealias Scalar = Oracle.Scalar
        var weights = start.map { Scalar($0) }
        var perturbed = weights
        var gradient = weights
        var (first, length) = (0.0, 0.0)
        let (step, radius, epsilon) = (Scalar(stepSize), Scalar(radius), Scalar(epsilon))
        for update in 0..<updates where !Task.isCancelled {
            Self.gradient(oracle, at: weights, into: &gradient)
            if update == 0 { first = Self.exactNorm(gradient) }
            let size = gradient.withUnsafeBufferPointer { norm.norm($0) }
            perturbed = weights
            if size > 0 {
                for index in weights.indices { perturbed[index] += radius * (gradient[index] / (size + epsilon)) }
            }
            Self.gradient(oracle, at: perturbed, into: &gradient)
            for index in weights.indices { weights[index] -= step * gradient[index] }
            length += stepSize * Self.exactNorm(gradient)
        }
        last = weights.map { Double($0) }
        initialGradientNorm = first
        pathLength = length
    }

    private static func gradient<Oracle: GradientOracle>(
        _ oracle: Oracle, at weights: [Oracle.Scalar], into gradient: inout [Oracle.Scalar]
    ) {
        weights.withUnsafeBufferPointer { weights in
            gradient.withUnsafeMutableBufferPointer { oracle.gradient(at: weights, into: $0) }
        }
    }

    private static func exactNorm<Scalar: BinaryFloatingPoint>(_ vector: [Scalar]) -> Double {
        vector.map { Double($0) }.withUnsafeBufferPointer { NormRule.scaled.norm($0) }
    }
}
