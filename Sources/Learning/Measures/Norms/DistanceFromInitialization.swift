import Foundation
import LinearAlgebra
import Networks
import Parameters

/// How far training moved the weights.
public struct DistanceFromInitialization: Measure {
    public static let about = MeasureDescription(
        id: "distance_from_initialization", title: "Distance from the initial weights", family: "norm",
        formula: "sqrt(Σ_l |W_l - W_l⁰|_F²), weights only",
        source: "Jiang et al., arXiv 1912.02178, equation 40; Nagarajan and Kolter, arXiv 1901.01672",
        invariances: [], reads: [.initialWeights], predictedSign: .negative,
        limits: "Of the weights as they are: rescaled copies move without changing their function.",
        options: [Scaling.option])

    private let scaling: Scaling

    public init(options: ParameterValues) { scaling = Scaling(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        guard let moved = subject.movedWeights else { return .undefined(Subject.noInitialNetwork) }
        let squares = moved.reduce(0.0) { $0 + sumOfSquares($1, $1.indices) }
        return scaling(.root, points: subject.training.count, MeasuredValue(squares.squareRoot()))
    }
}

/// The same with spectral norms.
public struct SpectralDistance: Measure {
    public static let about = MeasureDescription(
        id: "spectral_distance", title: "Spectral distance from the initial weights", family: "norm",
        formula: "sqrt(Σ_l |W_l - W_l⁰|₂²), weights only",
        source: "Jiang et al., arXiv 1912.02178, equation 41",
        invariances: [], reads: [.initialWeights], predictedSign: .negative,
        limits: "Of the weights as they are: rescaled copies move without changing their function.",
        options: [Scaling.option])

    private let scaling: Scaling

    public init(options: ParameterValues) { scaling = Scaling(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        guard let moved = subject.movedWeights else { return .undefined(Subject.noInitialNetwork) }
        var squares = 0.0
        for (layer, weights) in zip(subject.architecture.layers, moved) {
            guard let values = BLAS.singularValues(weights, rows: layer.outputs, columns: layer.inputs) else {
                return .noDecomposition
            }
            squares += (values.first ?? 0) * (values.first ?? 0)
        }
        return scaling(.root, points: subject.training.count, MeasuredValue(squares.squareRoot()))
    }
}

/// The margin bound by spectral norms with the initial weights as its reference, as a logarithm.
public struct LogSpectralInitMain: Measure {
    public static let about = MeasureDescription(
        id: "log_spectral_init_main", title: "Margin bound by spectral norms, reference initial weights, log",
        family: "norm", formula: "Σ_l ln |W_l|₂² - 2 ln γ + ln Σ_l |W_l - W_l⁰|_F²/|W_l|₂²",
        source: "Jiang et al., arXiv 1912.02178, equation 29",
        invariances: [], reads: [.trainingInputs, .trainingLabels, .initialWeights], predictedSign: .negative,
        limits: "Of the weights as they are: rescaled copies move without changing their function.",
        options: [Scaling.option])

    private let scaling: Scaling

    public init(options: ParameterValues) { scaling = Scaling(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        guard let moved = subject.movedWeights else { return .undefined(Subject.noInitialNetwork) }
        return scaling(
            .logarithm, points: subject.training.count,
            SpectralNorms.overMargin(subject, ViewChoice()) { norms, margin, _ in
                let sum = zip(moved, norms.spectral).reduce(0.0) {
                    $0 + sumOfSquares($1.0, $1.0.indices) / ($1.1 * $1.1)
                }
                return norms.logProduct - 2 * log(margin) + log(sum)
            })
    }
}

extension Subject {
    static let noInitialNetwork = "the initial network is not known"

    /// W_l - W_l⁰ of each layer; nil where the initial network is not known.
    var movedWeights: [[Double]]? {
        guard let initial = initialNetwork else { return nil }
        return architecture.layers.map { layer in
            layer.weights.map { Double(network.parameters[$0]) - Double(initial.parameters[$0]) }
        }
    }
}
