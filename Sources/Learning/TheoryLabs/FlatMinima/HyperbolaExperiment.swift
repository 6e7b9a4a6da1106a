import Measures
import Parameters

/// Minima of (x y - 1)², each at its distance from the flattest one, and where the flattening flow takes them.
public struct HyperbolaExperiment: Experiment {
    public struct Model: Sendable {
        let start: Hyperbola
        let point: Hyperbola
        let s: Double
        let time: Double
        let radius: Double
        let level: Double

        var rootExpansion: Double {
            Hyperbola.rootExpansion(s: Hyperbola.flowed(s: s, time: time), radius: radius)
        }
    }

    public static let about = ExperimentDescription(
        id: "geometry-hyperbola", title: "Minima of (xy - 1)² and the flow that flattens them",
        source: "arXiv 2509.11386",
        model: "a minimum (e^s, e^-s) of f = (xy - 1)², after a time of the flow -∇ ½(x² - y²)²",
        settings: [
            Parameter("s", numbers: -4.0...4.0, default: 0.0, "which minimum; 0 is the flattest"),
            Parameter("radius", numbers: 0.0...10.0, default: 0.1, "r of the maximal variation"),
            Parameter("level", numbers: 1e-12...100.0, default: 0.01, "ε of the level set {f = ε}"),
            Parameter("flow_time", numbers: 0.0...10.0, default: 0.0, "time of the flattening flow"),
        ],
        limits: "Two parameters and no data: there is nothing to generalise to.")

    private let s: Double
    private let radius: Double
    private let level: Double
    private let time: Double

    public init(_ settings: ParameterValues) throws(SettingsDisagree) {
        s = settings.number("s")
        radius = settings.number("radius")
        level = settings.number("level")
        time = settings.number("flow_time")
    }

    /// The seed changes nothing.
    public func model(seed: UInt64) throws(ModelFailed) -> Model {
        let start = Hyperbola(s: s)
        return Model(start: start, point: try start.flowed(time: time), s: s, time: time, radius: radius, level: level)
    }

    public static let measures: [LabMeasure<Model>] = [
        LabMeasure(.empiricalRisk, exactly: { $0.point.loss }),
        LabMeasure(.maximalVariation) { MeasuredValue($0.point.variation(radius: $0.radius)) },
        LabMeasure(.maximalVariationBound, exactly: { $0.point.variation(radius: $0.radius).bound }),
        LabMeasure(.maximalVariationGap, exactly: { $0.point.variation(radius: $0.radius).relativeGap }),
        LabMeasure(variationRoot, exactly: { $0.point.variation(radius: $0.radius).attained.squareRoot() }),
        LabMeasure(rootExpansion, exactly: { $0.rootExpansion }),
        LabMeasure(
            expansionError,
            exactly: {
                abs($0.point.variation(radius: $0.radius).attained.squareRoot() - $0.rootExpansion)
            }),
        LabMeasure(.leastVariation, exactly: { Hyperbola.leastVariation(radius: $0.radius) }),
        LabMeasure(.levelSetDistance) { model in
            let found = LevelSetDistance.bracket(level: model.level) { model.point.variation(radius: $0) }
            guard let found else { return MeasuredValue(.failed, reason: "the level set was not reached") }
            return MeasuredValue(found)
        },
        LabMeasure(.greatestDistance, exactly: { Hyperbola.greatestDistance(level: $0.level) }),
        LabMeasure(.riskTrace, exactly: { $0.point.trace }),
        LabMeasure(.largestCurvature, exactly: { $0.point.largestCurvature }),
        LabMeasure(.squaredNorm, exactly: { $0.point.squaredNorm }),
        LabMeasure(.imbalanceNorm, exactly: { abs($0.point.imbalance) }),
        LabMeasure(.productDrift, exactly: { abs($0.point.x * $0.point.y - $0.start.x * $0.start.y) }),
        LabMeasure(parameter, exactly: { $0.point.s }),
        LabMeasure(parameterFormula, exactly: { Hyperbola.flowed(s: $0.s, time: $0.time) }),
    ]

    private static let variationRoot = MeasureDescription(
        id: "maximal_variation_root", title: "Root of the maximal variation", family: "optimisation",
        formula: "√f°(x; r)",
        source: "arXiv 2509.11386", invariances: [], reads: [.construction], predictedSign: .none,
        limits: "As the maximal variation's.")

    private static let rootExpansion = MeasureDescription(
        id: "maximal_variation_root_expansion", title: "Root of the maximal variation to third order",
        family: "optimisation",
        formula: "r N + r²/N² + r³ (1 - 4/N⁴)/(2 N), N² = 2 cosh 2s", source: "derived here", invariances: [],
        reads: [.construction],
        predictedSign: .none, limits: "For small r.")

    private static let expansionError = MeasureDescription(
        id: "maximal_variation_root_error", title: "Error of the expansion of the maximal variation's root",
        family: "optimisation", formula: "|√f° - expansion|", source: "derived here", invariances: [],
        reads: [.construction],
        predictedSign: .none, limits: "Rounding at small r.")

    private static let parameter = MeasureDescription(
        id: "hyperbola_parameter", title: "Place on the hyperbola", family: "optimisation", formula: "s = ½ log(x/y)",
        source: "the usual coordinate", invariances: [], reads: [], predictedSign: .none, limits: "Not a flatness.")

    private static let parameterFormula = MeasureDescription(
        id: "hyperbola_parameter_formula", title: "Place on the hyperbola, closed form", family: "optimisation",
        formula: "tanh s(t) = tanh(s) e^(-8t)", source: "derived here", invariances: [], reads: [],
        predictedSign: .none,
        limits: "Not a flatness.")
}
