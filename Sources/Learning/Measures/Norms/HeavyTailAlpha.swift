import Foundation
import Parameters

/// The exponent of the power law that fits the tail of the weights' squared singular values best.
public struct HeavyTailAlpha: Measure {
    public static let about = MeasureDescription(
        id: "heavy_tail_alpha", title: "Power-law exponent of the weights' spectrum", family: "norm",
        formula: "mean over layers with 50 singular values of 1 + k/Σ ln(e/e_min), e = σ² of the tail",
        source: "Martin and Mahoney, arXiv 1810.01075; tail of least Kolmogorov distance: Clauset et al. (2009)",
        invariances: [.layerRescaling, .permutation, .outputScaling], reads: [], predictedSign: .negative,
        limits: "Small layers have no tail to speak of. Rescaling single neurons changes it (option gauge).",
        options: [.gauge])

    private let choice: ViewChoice

    public init(options: ParameterValues) { choice = ViewChoice(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        guard let values = subject.view(choice).singularValues else { return .noDecomposition }
        let exponents = values.filter { $0.count >= 50 }.compactMap { PowerLawTail($0.map { $0 * $0 })?.exponent }
        guard !exponents.isEmpty else { return .undefined("no layer has 50 singular values") }
        return MeasuredValue(exponents.reduce(0, +) / Double(exponents.count))
    }
}

/// The power law of the tail of some numbers that has the least Kolmogorov distance to them.
package struct PowerLawTail {
    package let exponent: Double
    package let distance: Double
    /// The place of the least number of the tail, in rising order.
    package let first: Int

    /// - Returns: nil where no tail varies.
    /// - Complexity: O(n²).
    package init?(_ values: [Double]) {
        let sorted = values.sorted()
        var best: (distance: Double, exponent: Double, first: Int)?
        for first in 0..<max(sorted.count - 1, 0) where sorted[first] > 0 {
            let ratios = sorted[first...].map { $0 / sorted[first] }
            let total = ratios.reduce(0) { $0 + log($1) }
            guard total > 0 else { continue }
            let exponent = 1 + Double(ratios.count) / total
            var distance = 0.0
            for (place, ratio) in ratios.enumerated() {
                let law = 1 - pow(ratio, 1 - exponent)
                distance = max(distance, abs(Double(place) / Double(ratios.count) - law))
            }
            if best.map({ distance < $0.distance }) ?? true { best = (distance, exponent, first) }
        }
        guard let best else { return nil }
        (distance, exponent, first) = best
    }
}
