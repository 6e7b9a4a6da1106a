import Foundation
import Parameters

/// The largest eigenvalue of the Gauss–Newton matrix, which is the Fisher information with the model's own labels.
public struct GaussNewtonTopEigenvalue: Measure {
    public static let about = GaussNewtonSpectrum.about(
        id: "gauss_newton_top_eigenvalue", title: "Largest Gauss–Newton eigenvalue", formula: "λ_1 of G = mean Jᵀ S J",
        sign: .negative)

    private let spectrum: GaussNewtonSpectrum

    public init(options: ParameterValues) { spectrum = GaussNewtonSpectrum(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        spectrum.evaluate(subject) { values, _ in MeasuredValue(values.last ?? 0) }
    }
}

/// The Frobenius norm of the Gauss–Newton matrix.
public struct GaussNewtonFrobeniusNorm: Measure {
    public static let about = GaussNewtonSpectrum.about(
        id: "gauss_newton_frobenius_norm", title: "Frobenius norm of the Gauss–Newton matrix",
        formula: "sqrt(Σ λ²) over the eigenvalues of G = mean Jᵀ S J", sign: .negative)

    private let spectrum: GaussNewtonSpectrum

    public init(options: ParameterValues) { spectrum = GaussNewtonSpectrum(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        spectrum.evaluate(subject) { values, _ in MeasuredValue(sumOfSquares(values, values.indices).squareRoot()) }
    }
}

/// The entropy of the Gauss–Newton matrix's eigenvalues as shares of their sum.
public struct SpectralEntropy: Measure {
    public static let about = GaussNewtonSpectrum.about(
        id: "spectral_entropy", title: "Entropy of the Gauss–Newton spectrum",
        formula: "-Σ q ln q, q = λ/Σλ above 1e-14", sign: .none)

    private let spectrum: GaussNewtonSpectrum

    public init(options: ParameterValues) { spectrum = GaussNewtonSpectrum(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        spectrum.evaluate(subject) { values, _ in
            let sum = values.reduce(0, +)
            guard sum > 0 else { return .undefined("the curvature is 0") }
            return MeasuredValue(
                values.reduce(0) { entropy, value in
                    let share = value / sum
                    return share > 1e-14 ? entropy - share * log(share) : entropy
                })
        }
    }
}

/// The logarithm of the volume that the Gauss–Newton matrix leaves flat.
public struct FlatnessLogVolume: Measure {
    public static let about = GaussNewtonSpectrum.about(
        id: "flatness_log_volume", title: "Log volume of the flat region", formula: "-½ Σ ln(1 + n λ)", sign: .positive)

    private let spectrum: GaussNewtonSpectrum

    public init(options: ParameterValues) { spectrum = GaussNewtonSpectrum(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        spectrum.evaluate(subject) { values, count in
            MeasuredValue(values.reduce(0) { $0 - 0.5 * log1p(Double(count) * $1) })
        }
    }
}

/// What measures of the Gauss–Newton spectrum share.
struct GaussNewtonSpectrum {
    static func about(
        id: String, title: String, formula: String, sign: MeasureDescription.Sign
    ) -> MeasureDescription {
        MeasureDescription(
            id: id, title: title, family: "sharpness", formula: formula,
            source: "eigenvalues of the Gram matrix: Dangel, Tatzel and Hennig, arXiv 2106.02624",
            invariances: [.permutation], reads: [.trainingInputs], predictedSign: sign, effortUnit: "points",
            limits:
                """
                More than 4,096/classes points are replaced by a subset. Not invariant to rescaling (options adaptive, \
                with the eigenvalues of D G D, D = diag(θ), and gauge).
                """,
            options: [.adaptive(default: false), .points(), .seed, .gauge])
    }

    private let isAdaptive: Bool
    private let choice: ViewChoice

    init(_ options: ParameterValues) {
        isAdaptive = options.flag("adaptive")
        choice = ViewChoice(options)
    }

    func evaluate(
        _ subject: Subject, _ formula: (_ values: [Double], _ points: Int) -> MeasuredValue
    ) -> MeasuredValue {
        subject.measured(choice.limited(for: subject)) { view in
            let values = isAdaptive ? view.adaptiveGaussNewtonSpectrum : view.gaussNewtonSpectrum
            return values.map { formula($0, view.count).costing(view.count) } ?? .noDecomposition
        }
    }
}
