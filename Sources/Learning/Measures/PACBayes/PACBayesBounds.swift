import Foundation
import Parameters

/// The complexity of a PAC-Bayes bound with a prior around the initial parameters, at the σ of `pacbayes_flatness`.
public struct PACBayesInit: Measure {
    public static let about = MeasureDescription(
        id: "pacbayes_init", title: "PAC-Bayes bound, prior at the initial parameters", family: "PAC-Bayes",
        formula: "|θ - θ0|²/(4σ²) + ln(n/σ) + 10, σ as in pacbayes_flatness",
        source: "Jiang et al., arXiv 1912.02178, equation 48",
        invariances: [], reads: [.trainingInputs, .trainingLabels, .initialWeights], predictedSign: .negative,
        effortUnit: "points", limits: PACBayes.limits, options: PACBayes.movedOptions)

    private let parts: PACBayes

    public init(options: ParameterValues) { parts = PACBayes(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        guard let moved = subject.movedParameters else { return .undefined(Subject.noInitialNetwork) }
        return parts.evaluate(subject, .plain) { scale, view in
            PACBayes.bound(sumOfSquares(moved, moved.indices), scale, view)
        }
    }
}

/// The magnitude-aware bound with a prior around 0, at the σ of `pacbayes_mag_flatness`.
public struct PACBayesMagOrig: Measure {
    public static let about = MeasureDescription(
        id: "pacbayes_mag_orig", title: "PAC-Bayes bound, magnitude-aware, prior at 0", family: "PAC-Bayes",
        formula: "¼ Σ ln[(ε² + (σ² + 1)|θ|²/P)/(ε² + σ² θ_i²)] + ln(n/σ) + 10, ε = 0.001",
        source: "Jiang et al., arXiv 1912.02178, equation 58, with one r in numerator, denominator and noise",
        invariances: [.permutation], reads: [.trainingInputs, .trainingLabels], predictedSign: .negative,
        effortUnit: "points", limits: PACBayes.limits, options: PACBayes.options)

    private let parts: PACBayes

    public init(options: ParameterValues) { parts = PACBayes(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        parts.evaluate(subject, .magnitude) { scale, view in
            PACBayes.magnitudeBound(view.network.parameters, scale, view)
        }
    }
}

/// The magnitude-aware bound with a prior around the initial parameters; its noise is in proportion to how far training
/// moved each.
public struct PACBayesMagInit: Measure {
    public static let about = MeasureDescription(
        id: "pacbayes_mag_init", title: "PAC-Bayes bound, magnitude-aware, prior at the initial parameters",
        family: "PAC-Bayes",
        formula: "¼ Σ ln[(ε² + (σ² + 1)|θ - θ0|²/P)/(ε² + σ² (θ_i - θ0_i)²)] + ln(n/σ) + 10, noise likewise",
        source: "Jiang et al., arXiv 1912.02178, equation 57, with one r in numerator, denominator and noise",
        invariances: [], reads: [.trainingInputs, .trainingLabels, .initialWeights], predictedSign: .negative,
        effortUnit: "points", limits: PACBayes.limits, options: PACBayes.movedOptions)

    private let parts: PACBayes

    public init(options: ParameterValues) { parts = PACBayes(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        guard let moved = subject.movedParameters else { return .undefined(Subject.noInitialNetwork) }
        return parts.evaluate(subject, .moved, reference: moved.map(abs)) { scale, view in
            PACBayes.magnitudeBound(moved, scale, view)
        }
    }
}

extension PACBayes {
    /// |r|²/(4σ²) + ln(n/σ) + 10, and the size of its derivative by ln σ.
    static func bound(
        _ squaredNorm: Double, _ scale: NoiseScale, _ view: PointView
    ) -> (value: Double, slope: Double) {
        let quarter = squaredNorm / (4 * scale.sigma * scale.sigma)
        return (quarter + log(Double(view.count) / scale.sigma) + 10, abs(2 * quarter + 1))
    }

    /// ¼ Σ ln[(ε² + (σ² + 1)|r|²/P)/(ε² + σ² r_i²)] + ln(n/σ) + 10, and the size of its derivative by ln σ.
    static func magnitudeBound(
        _ reference: [Double], _ scale: NoiseScale, _ view: PointView
    ) -> (value: Double, slope: Double) {
        let (variance, floor) = (scale.sigma * scale.sigma, NoiseScale.floor)
        let mean = sumOfSquares(reference, reference.indices) / Double(reference.count)
        let top = floor + (variance + 1) * mean
        var (sum, slope) = (0.0, 0.0)
        for value in reference {
            let bottom = floor + variance * value * value
            sum += log(top / bottom)
            slope += 2 * variance * mean / top - 2 * variance * value * value / bottom
        }
        return (0.25 * sum + log(Double(view.count) / scale.sigma) + 10, abs(0.25 * slope - 1))
    }
}

extension Subject {
    /// θ - θ0; nil where the initial network is not known.
    var movedParameters: [Double]? {
        initialNetwork.map { initial in
            zip(network.parameters, initial.parameters).map { Double($0) - Double($1) }
        }
    }
}
