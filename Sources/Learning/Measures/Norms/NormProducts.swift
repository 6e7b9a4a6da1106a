import Foundation
import Parameters

/// Product of spectral norms, log; weights only.
public struct LogProductSpectral: Measure {
    public static let about = MeasureDescription(
        id: "log_product_spectral", title: "Product of spectral norms, log", family: "norm",
        formula: "Σ_l ln |W_l|₂²",
        source: "Jiang et al., arXiv 1912.02178, equation 32",
        invariances: [.layerRescaling, .permutation], reads: [],
        predictedSign: .negative, limits: SpectralNorms.limits, options: [.gauge, Scaling.option])

    private let choice: ViewChoice
    private let scaling: Scaling

    public init(options: ParameterValues) {
        choice = ViewChoice(options)
        scaling = Scaling(options)
    }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        scaling(
            .logarithm, points: subject.training.count, SpectralNorms.value(of: subject.view(choice)) { $0.logProduct })
    }
}

/// Product of Frobenius norms, log; weights only.
public struct LogProductFrobenius: Measure {
    public static let about = MeasureDescription(
        id: "log_product_frobenius", title: "Product of Frobenius norms, log", family: "norm",
        formula: "Σ_l ln |W_l|_F²",
        source: "Jiang et al., arXiv 1912.02178, equation 37",
        invariances: [.layerRescaling, .permutation], reads: [],
        predictedSign: .negative, limits: SpectralNorms.limits, options: [.gauge, Scaling.option])

    private let choice: ViewChoice
    private let scaling: Scaling

    public init(options: ParameterValues) {
        choice = ViewChoice(options)
        scaling = Scaling(options)
    }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        scaling(
            .logarithm, points: subject.training.count,
            SpectralNorms.value(of: subject.view(choice)) { $0.logFrobenius })
    }
}

/// Product of Frobenius norms over the margin, log; weights only.
public struct LogProductFrobeniusOverMargin: Measure {
    public static let about = MeasureDescription(
        id: "log_product_frobenius_over_margin", title: "Product of Frobenius norms over the margin, log",
        family: "norm",
        formula: "Σ_l ln |W_l|_F² - 2 ln γ, γ the 10th percentile of the training margins",
        source: "Jiang et al., arXiv 1912.02178, equation 36",
        invariances: [.layerRescaling, .permutation, .outputScaling], reads: [.trainingInputs, .trainingLabels],
        predictedSign: .negative, limits: SpectralNorms.limits, options: [.gauge, Scaling.option])

    private let choice: ViewChoice
    private let scaling: Scaling

    public init(options: ParameterValues) {
        choice = ViewChoice(options)
        scaling = Scaling(options)
    }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        scaling(
            .logarithm, points: subject.training.count,
            SpectralNorms.overMargin(subject, choice) { norms, margin, _ in norms.logFrobenius - 2 * log(margin) })
    }
}

/// Margin bound by spectral norms, reference 0, log; weights only.
public struct LogSpectralOrigMain: Measure {
    public static let about = MeasureDescription(
        id: "log_spectral_orig_main", title: "Margin bound by spectral norms, reference 0, log", family: "norm",
        formula: "Σ_l ln |W_l|₂² - 2 ln γ + ln Σ_l |W_l|_F²/|W_l|₂²",
        source: "Jiang et al., arXiv 1912.02178, equation 30",
        invariances: [.layerRescaling, .permutation, .outputScaling], reads: [.trainingInputs, .trainingLabels],
        predictedSign: .negative, limits: SpectralNorms.limits, options: [.gauge, Scaling.option])

    private let choice: ViewChoice
    private let scaling: Scaling

    public init(options: ParameterValues) {
        choice = ViewChoice(options)
        scaling = Scaling(options)
    }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        scaling(
            .logarithm, points: subject.training.count,
            SpectralNorms.overMargin(subject, choice) { norms, margin, _ in
                norms.logProduct - 2 * log(margin) + log(norms.stableRank)
            })
    }
}

/// Spectral complexity, log; weights only.
public struct LogSpectralComplexity: Measure {
    public static let about = MeasureDescription(
        id: "log_spectral_complexity", title: "Spectral complexity, log", family: "norm",
        formula: "Σ_l ln |W_l|₂ + 1.5 ln Σ_l (Σ_rows |w|/|W_l|₂)^(2/3)",
        source: "Bartlett, Foster and Telgarsky, arXiv 1706.08498, without data and margin",
        invariances: [.layerRescaling, .permutation], reads: [],
        predictedSign: .negative, limits: SpectralNorms.limits, options: [.gauge])

    private let choice: ViewChoice

    public init(options: ParameterValues) { choice = ViewChoice(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        SpectralNorms.value(of: subject.view(choice)) { $0.logComplexity }
    }
}
