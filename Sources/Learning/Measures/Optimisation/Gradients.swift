import Parameters

/// The length of the training loss's gradient.
public struct GradientNorm: Measure {
    public static let about = GradientMeasures.about(
        id: "gradient_norm", title: "Gradient norm", formula: "|∇L|", sign: .negative)

    private let choice: ViewChoice

    public init(options: ParameterValues) { choice = ViewChoice(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        GradientMeasures.evaluate(subject, choice) { MeasuredValue($0.squaredGradientNorm.squareRoot()) }
    }
}

/// The variance of the points' gradients, summed over the parameters.
public struct GradientNoise: Measure {
    public static let about = GradientMeasures.about(
        id: "gradient_noise", title: "Gradient noise", formula: "(1/n) Σ_i |g_i|² - |∇L|²", sign: .negative)

    private let choice: ViewChoice

    public init(options: ParameterValues) { choice = ViewChoice(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        GradientMeasures.evaluate(subject, choice) {
            MeasuredValue($0.meanSquaredGradient - $0.squaredGradientNorm)
        }
    }
}

/// How much the points' gradients agree: the squared mean over the mean square.
public struct GradientCoherence: Measure {
    public static let about = GradientMeasures.about(
        id: "gradient_coherence", title: "Gradient coherence", formula: "|∇L|²/((1/n) Σ_i |g_i|²)", sign: .positive)

    private let choice: ViewChoice

    public init(options: ParameterValues) { choice = ViewChoice(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        GradientMeasures.evaluate(subject, choice) { view in
            guard view.meanSquaredGradient > 0 else { return .undefined("all gradients are 0") }
            return MeasuredValue(view.squaredGradientNorm / view.meanSquaredGradient)
        }
    }
}

/// The traces of the empirical Fisher matrix and of the Hessian, one over the other.
public struct TakeuchiRatio: Measure {
    public static let about = GradientMeasures.about(
        id: "takeuchi_ratio", title: "Takeuchi ratio", formula: "(1/n) Σ_i |g_i|²/tr H",
        source: "a trace in place of Takeuchi's: Thomas et al., arXiv 1906.07774", sign: .negative)

    private let choice: ViewChoice

    public init(options: ParameterValues) { choice = ViewChoice(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        GradientMeasures.evaluate(subject, choice) { view in
            let trace = view.hessianDiagonal.trace
            guard trace > 0 else { return .undefined("the Hessian's trace is 0") }
            return MeasuredValue(view.meanSquaredGradient / trace)
        }
    }
}

/// The mean over the parameters of the squared mean of their gradient over its variance.
public struct GradientSignalToNoise: Measure {
    public static let about = MeasureDescription(
        id: "gradient_signal_to_noise", title: "Gradient signal to noise", family: "optimisation",
        formula: "mean of ḡ²/Var g over the parameters with Var g > 1e-12 of the mean of g²",
        source: "Liu et al., arXiv 2001.07384 (at the end of training)",
        invariances: [.layerRescaling, .neuronRescaling, .permutation], reads: [.trainingInputs, .trainingLabels],
        predictedSign: .positive, effortUnit: "points", limits: "Of the gradients that are left at the end of training."
    )

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        GradientMeasures.evaluate(subject, ViewChoice()) { view in
            var (sum, used) = (0.0, 0)
            for (mean, square) in zip(view.gradient, GradientMeasures.meanSquares(of: view)) {
                let variance = square - mean * mean
                guard variance > 1e-12 * square else { continue }
                sum += mean * mean / variance
                used += 1
            }
            guard used > 0 else { return .undefined("no parameter's gradient varies") }
            return MeasuredValue(sum / Double(used), details: ["parameters": Double(used)])
        }
    }
}

/// What measures of the points' gradients share.
private enum GradientMeasures {
    static func about(
        id: String, title: String, formula: String, source: String = "moments of the points' gradients, see formula",
        sign: MeasureDescription.Sign
    ) -> MeasureDescription {
        MeasureDescription(
            id: id, title: title, family: "optimisation", formula: formula, source: source,
            invariances: [.permutation], reads: [.trainingInputs, .trainingLabels], predictedSign: sign,
            effortUnit: "points",
            limits: "Of the gradients that are left at the end of training. Not invariant to rescaling (option gauge).",
            options: [.gauge])
    }

    static func evaluate(
        _ subject: Subject, _ choice: ViewChoice, _ formula: (PointView) -> MeasuredValue
    ) -> MeasuredValue {
        subject.measured(choice) { formula($0).costing($0.count) }
    }

    /// The mean over the points of each parameter's squared gradient.
    static func meanSquares(of view: PointView) -> [Double] {
        var sums = [Double](repeating: 0, count: view.network.parameters.count)
        view.forEachPass { pass in
            pass.forEachError(view.labels(of: pass)) { index, rows in
                let layer = pass.layers[index]
                let squares = rows.map { $0 * $0 }
                layer.outer(squares, pass.outputs[index].map { $0 * $0 }, count: pass.count, addingTo: &sums)
                layer.columnSums(squares, addingTo: &sums)
            }
        }
        return sums.map { $0 / Double(view.count) }
    }
}
