import Foundation
import Parameters

/// 1/α², α the size of the worst change of all parameters alike at which the training accuracy falls by 0.1.
///
/// - Complexity: up to 14 ascents of 20 gradients.
public struct SharpnessFlatness: Measure {
    public static let about = MeasureDescription(
        id: "sharpness_flatness", title: "Worst-case flatness", family: "PAC-Bayes",
        formula: "1/α², the worst point in |δ_i| ≤ α lowers the training accuracy by 0.1",
        source: "Jiang et al., arXiv 1912.02178 (sharpness: 1/α)",
        invariances: [.permutation], reads: [.trainingInputs, .trainingLabels], predictedSign: .negative,
        effortUnit: "points", limits: WorstCaseFlatness.limits + " Not invariant to rescaling.",
        options: [.points(2048), .seed, .gauge, Scaling.option])

    private let choice: ViewChoice
    private let scaling: Scaling

    public init(options: ParameterValues) {
        choice = ViewChoice(options)
        scaling = Scaling(options)
    }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        WorstCaseFlatness.evaluate(subject, choice, scaling) { parameter, alpha in alpha }
    }
}

/// The same in proportion to each parameter.
public struct SharpnessMagFlatness: Measure {
    public static let about = MeasureDescription(
        id: "sharpness_mag_flatness", title: "Worst-case flatness, magnitude-aware", family: "PAC-Bayes",
        formula: "1/α², the worst point in |δ_i| ≤ α |θ_i| + 0.001 lowers the training accuracy by 0.1",
        source: "Jiang et al., arXiv 1912.02178 (sharpness, magnitude-aware: 1/α')",
        invariances: [.permutation], reads: [.trainingInputs, .trainingLabels], predictedSign: .negative,
        effortUnit: "points",
        limits: WorstCaseFlatness.limits + " Invariant to rescaling only where α |θ| is far above 0.001.",
        options: [.points(2048), .seed, .gauge, Scaling.option])

    private let choice: ViewChoice
    private let scaling: Scaling

    public init(options: ParameterValues) {
        choice = ViewChoice(options)
        scaling = Scaling(options)
    }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        WorstCaseFlatness.evaluate(subject, choice, scaling) { parameter, alpha in alpha * abs(parameter) + 1e-3 }
    }
}

private enum WorstCaseFlatness {
    static let limits =
        "The worst point is the ascent's, a lower bound. Undefined where nothing lowers the training accuracy by 0.1."

    /// - Parameter bound: of a parameter's change, at α.
    static func evaluate(
        _ subject: Subject, _ choice: ViewChoice, _ scaling: Scaling,
        _ bound: (_ parameter: Double, _ alpha: Double) -> Double
    ) -> MeasuredValue {
        subject.measured(choice) { view in
            let (theta, surface) = (view.network.parameters, view.lossSurface)
            do throws(ScaleSearch.Failure) {
                let logarithm = try ScaleSearch.logarithm(in: -16...2) { logarithm in
                    let scale = theta.map { bound($0, exp2(logarithm)) }
                    let worst = Ascent(surface, from: theta, scale: scale, radius: 1, .linf)
                    return ScaleSearch.falls(
                        view.correct - surface.correct(at: worst.parameters), of: view.count)
                }
                return scaling(
                    .square, points: view.count,
                    MeasuredValue(
                        exp2(-2 * logarithm), effort: view.count, details: ["alpha": exp2(logarithm)]))
            } catch {
                return .undefined(error.reason)
            }
        }
    }
}
