import Foundation
import LinearAlgebra
import Measures
import Parameters
import Randomness

/// Minima of |XYᵀ - M|², balanced and not, and where flow and gradient descent take them.
public struct FactorisationExperiment: Experiment {
    public struct Model: Sendable {
        let minimum: FactorisationMinimum
        let descended: Factorisation
        let point: Factorisation
        /// C_T - C_0 - Σ η² (…).
        let identityResidual: Double
        let radius: Double
        let level: Double
    }

    public static let about = ExperimentDescription(
        id: "geometry-factorisation", title: "Flat minima of matrix factorisation", source: "arXiv 2509.11386",
        model:
            """
            a minimum (X, Y) of |XYᵀ - M|² at a place on its orbit, or what noise, gradient descent and the \
            flattening flow make of it
            """,
        settings: [
            Parameter("rows", integers: 1...12, default: 5, "m, rows of X"),
            Parameter("columns", integers: 1...12, default: 3, "n, rows of Y"),
            Parameter("rank", integers: 1...12, default: 2, "k, columns of both, and the rank of M"),
            Parameter("largest_singular_value", numbers: 1e-3...100.0, default: 2.0, "σ1 of M"),
            Parameter(
                "singular_ratio", numbers: 0.01...1.0, default: 0.5, "each further singular value over the one before"),
            Parameter(
                "direction", default: FactorisationMinimum.Direction.uniform,
                "line of the orbit on which the minimum lies"),
            Parameter("orbit_position", numbers: -3.0...3.0, default: 0.0, "t of G = exp(t D): 0 is balanced"),
            Parameter(
                "noise", numbers: 0.0...1.0, default: 0.0,
                "standard deviation of what is added to each entry of X and Y"),
            Parameter("steps", integers: 0...100_000, default: 0, "of gradient descent on f, after the noise"),
            Parameter("step_size", numbers: 0.0...1.0, default: 0.01, "η"),
            Parameter("flow_time", numbers: 0.0...20.0, default: 0.0, "time of the flattening flow, after the descent"),
            Parameter("radius", numbers: 0.0...10.0, default: 0.1, "r of the maximal variation"),
            Parameter("level", numbers: 1e-12...100.0, default: 0.01, "ε of the level set {f - f(x) = ε}"),
        ],
        limits: "No data and no population risk: it says which minima are flat, not which are good.")

    private let minimum: FactorisationMinimum
    private let direction: FactorisationMinimum.Direction
    private let position: Double
    private let noise: Double
    private let steps: Int
    private let stepSize: Double
    private let time: Double
    private let radius: Double
    private let level: Double

    public init(_ settings: ParameterValues) throws(SettingsDisagree) {
        let (rows, columns, rank) = (settings.integer("rows"), settings.integer("columns"), settings.integer("rank"))
        guard rank <= min(rows, columns) else {
            throw SettingsDisagree("rank \(rank) is more than a \(rows) x \(columns) matrix has; lower rank")
        }
        let (largest, ratio) = (settings.number("largest_singular_value"), settings.number("singular_ratio"))
        minimum = FactorisationMinimum(
            singularValues: (0..<rank).map { largest * pow(ratio, Double($0)) }, rows: rows, columns: columns)
        direction = settings.choice("direction")
        position = settings.number("orbit_position")
        noise = settings.number("noise")
        steps = settings.integer("steps")
        stepSize = settings.number("step_size")
        time = settings.number("flow_time")
        radius = settings.number("radius")
        level = settings.number("level")
    }

    /// The seed draws M's singular vectors, the random direction and the noise.
    public func model(seed: UInt64) throws(ModelFailed) -> Model {
        var start = try minimum.point(direction, at: position, seed: seed)
        if noise > 0 {
            var stream = NativeStream(seed: seed).child("noise")
            for index in start.left.elements.indices { start.left.elements[index] += noise * stream.normal() }
            for index in start.right.elements.indices { start.right.elements[index] += noise * stream.normal() }
        }
        let (descended, change) = try start.descended(steps: steps, stepSize: stepSize)
        return Model(
            minimum: minimum, descended: descended, point: try descended.flowed(time: time),
            identityResidual: (descended.imbalance - start.imbalance - change).norm, radius: radius, level: level)
    }
}
