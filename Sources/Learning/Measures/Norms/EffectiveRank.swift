import Foundation
import LinearAlgebra
import Parameters

/// The effective rank of the last hidden layer's features: the exponential of the entropy of their singular values.
public struct EffectiveRankFeatures: Measure {
    public static let about = MeasureDescription(
        id: "effective_rank_features", title: "Effective rank of the features", family: "features",
        formula: "exp(-Σ q ln q), q = σ/Σσ over the singular values of the n x d features",
        source: "Roy and Vetterli, EUSIPCO (2007)",
        invariances: [.layerRescaling, .permutation, .outputScaling], reads: [.trainingInputs], predictedSign: .none,
        effortUnit: "points", limits: "Rescaling single neurons changes it (option gauge).", options: [.gauge])

    private let choice: ViewChoice

    public init(options: ParameterValues) { choice = ViewChoice(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured(choice) { view in
            let width = subject.architecture.featureWidth
            guard let values = BLAS.singularValues(view.features, rows: view.count, columns: width) else {
                return .noDecomposition
            }
            guard let rank = effectiveRank(values) else { return .undefined("the matrix is 0") }
            return MeasuredValue(rank, effort: view.count)
        }
    }
}

/// The mean effective rank of the layers' weights.
public struct EffectiveRankWeights: Measure {
    public static let about = MeasureDescription(
        id: "effective_rank_weights", title: "Effective rank of the weights", family: "norm",
        formula: "mean over layers of exp(-Σ q ln q), q = σ/Σσ over the singular values of W_l",
        source: "Roy and Vetterli, EUSIPCO (2007)",
        invariances: [.layerRescaling, .permutation, .outputScaling], reads: [], predictedSign: .negative,
        limits: SpectralNorms.limits, options: [.gauge])

    private let choice: ViewChoice

    public init(options: ParameterValues) { choice = ViewChoice(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        guard let values = subject.view(choice).singularValues else { return .noDecomposition }
        let ranks = values.map(effectiveRank)
        let known = ranks.compactMap(\.self)
        guard known.count == ranks.count else { return .undefined("the matrix is 0") }
        return MeasuredValue(known.reduce(0, +) / Double(known.count))
    }
}

/// exp of the entropy of σ/Σσ; nil for no singular value above 0.
func effectiveRank(_ singularValues: [Double]) -> Double? {
    let sum = singularValues.reduce(0, +)
    guard sum > 0 else { return nil }
    return exp(
        singularValues.reduce(0) { entropy, value in
            let share = value / sum
            return share > 0 ? entropy - share * log(share) : entropy
        })
}
