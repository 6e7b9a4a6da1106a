import Foundation
import LinearAlgebra
import Networks
import Parameters

/// The product of the layers' spectral norms over the margin, as a logarithm; weights only.
public struct LogProductSpectralOverMargin: Measure {
    public static let about = MeasureDescription(
        id: "log_product_spectral_over_margin", title: "Product of spectral norms over the margin, log", family: "norm",
        formula: "Σ_l ln |W_l|₂² - 2 ln γ, γ the 10th percentile of the training margins",
        source: "Jiang et al., arXiv 1912.02178, equation 31",
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
            SpectralNorms.overMargin(subject, choice) { norms, margin, _ in norms.logProduct - 2 * log(margin) })
    }
}

/// Σ |W_l|_F²/|W_l|₂²: the layers' stable ranks.
public struct StableRankSum: Measure {
    public static let about = MeasureDescription(
        id: "stable_rank_sum", title: "Frobenius over spectral norms", family: "norm",
        formula: "Σ_l |W_l|_F²/|W_l|₂²",
        source: "Jiang et al., arXiv 1912.02178, equation 33",
        invariances: [.layerRescaling, .permutation, .outputScaling], reads: [], predictedSign: .negative,
        limits: SpectralNorms.limits, options: [.gauge, Scaling.option])

    private let choice: ViewChoice
    private let scaling: Scaling

    public init(options: ParameterValues) {
        choice = ViewChoice(options)
        scaling = Scaling(options)
    }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        scaling(
            .square, points: subject.training.count, SpectralNorms.value(of: subject.view(choice)) { $0.stableRank })
    }
}

/// The complexity of a margin bound by spectral norms, as a logarithm; weights only, reference 0.
public struct LogSpectralComplexityOverMargin: Measure {
    public static let about = MeasureDescription(
        id: "log_spectral_complexity_over_margin", title: "Spectral complexity over the margin, log", family: "norm",
        formula:
            """
            Σ_l ln |W_l|₂ + 1.5 ln Σ_l (Σ_rows |w|/|W_l|₂)^(2/3) + ½ ln mean|x|² - ln γ, γ the 10th percentile of the \
            training margins
            """,
        source: "Bartlett, Foster and Telgarsky, arXiv 1706.08498",
        invariances: [.layerRescaling, .permutation, .outputScaling], reads: [.trainingInputs, .trainingLabels],
        predictedSign: .negative, limits: SpectralNorms.limits, options: [.gauge])

    private let choice: ViewChoice

    public init(options: ParameterValues) { choice = ViewChoice(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        SpectralNorms.overMargin(subject, choice) { norms, margin, view in
            let squares = view.points.inputs.reduce(0.0) { $0 + Double($1) * Double($1) }
            return norms.logComplexity + 0.5 * log(squares / Double(view.count)) - log(margin)
        }
    }
}

/// Norms of the layers' weights, biases left out.
struct SpectralNorms {
    static let limits =
        "Of the weights alone, biases left out. Rescaling single neurons changes it (option gauge)."

    let spectral, frobenius: [Double]
    /// Of each layer the sum of its rows' lengths.
    let rowSums: [Double]

    /// Σ ln |W_l|₂².
    var logProduct: Double { spectral.reduce(0) { $0 + 2 * log($1) } }

    /// Σ ln |W_l|_F².
    var logFrobenius: Double { frobenius.reduce(0) { $0 + 2 * log($1) } }

    /// Σ |W_l|_F²/|W_l|₂².
    var stableRank: Double { zip(frobenius, spectral).reduce(0) { $0 + $1.0 * $1.0 / ($1.1 * $1.1) } }

    /// Σ ln |W_l|₂ + 1.5 ln Σ (rows/|W_l|₂)^(2/3).
    var logComplexity: Double {
        let ratios = zip(rowSums, spectral).reduce(0) { $0 + pow($1.0 / $1.1, 2.0 / 3) }
        return 0.5 * logProduct + 1.5 * log(ratios)
    }

    /// What `formula` makes of a network's norms and γ, the 10th percentile of its training margins, if that is
    /// positive.
    static func overMargin(
        _ subject: Subject, _ choice: ViewChoice,
        _ formula: (_ norms: SpectralNorms, _ margin: Double, _ view: PointView) -> Double
    ) -> MeasuredValue {
        subject.measured(choice) { view in
            switch norms(of: view) {
            case .failure(let undefined): return undefined.value
            case .success(let norms):
                guard let margin = view.positiveMargin else { return .undefined(PointView.noMargin) }
                return MeasuredValue(formula(norms, margin, view))
            }
        }
    }

    /// What `formula` makes of a network's norms.
    static func value(of view: PointView, _ formula: (SpectralNorms) -> Double) -> MeasuredValue {
        switch norms(of: view) {
        case .failure(let undefined): undefined.value
        case .success(let norms): MeasuredValue(formula(norms))
        }
    }

    private enum Undefined: Error {
        case noDecomposition, zeroLayer

        var value: MeasuredValue {
            switch self {
            case .noDecomposition: .noDecomposition
            case .zeroLayer: .undefined("a layer's weights are all 0")
            }
        }
    }

    private static func norms(of view: PointView) -> Result<SpectralNorms, Undefined> {
        guard let values = view.singularValues else { return .failure(.noDecomposition) }
        let spectral = values.map { $0.first ?? 0 }
        guard !spectral.contains(0) else { return .failure(.zeroLayer) }
        let parameters = view.network.parameters
        return .success(
            SpectralNorms(
                spectral: spectral,
                frobenius: view.layers.map { sumOfSquares(parameters, $0.weights).squareRoot() },
                rowSums: view.layers.map { layer in
                    (0..<layer.outputs).reduce(0) { $0 + sumOfSquares(parameters, layer.row($1)).squareRoot() }
                }))
    }
}
