import Measures
import Parameters

/// Sharpness-aware empirical minimisers of `ShieldProblem`: one generalises, one does not.
public struct SharpnessAwareMinimisers: Experiment {
    public static let about = ExperimentDescription(
        id: "sco-sa-erm", title: "A sharpness-aware empirical minimiser that does not generalise",
        source: "arXiv 2511.03548; instance as others restate it",
        model: "one of three points with empirical risk 0",
        settings: [
            Parameter("point", default: ShieldPoint.flatBad, "e_I, ρ e_d or 0"),
            Parameter("radius", numbers: 0.0...10, default: 0.5, "r of the sharpness-aware risk"),
            Parameter("rho", numbers: 0.0...1, default: 0.1, "ρ: the flat radius of every loss"),
            Parameter("design", default: SpuriousDesign.planted, "where the sample's bits come from"),
            Parameter("samples", integers: 1...8, default: 6, "n"),
            Parameter("coordinates", integers: 0...256, default: 0, "D; 0 for 2^n"),
        ],
        limits: "The bad minimiser ties with 0, which is good: the theorem is about an adversarial tie-break.")

    public struct Model: Sendable {
        package let problem: ShieldProblem
        package let weights: [Double]
        let point: ShieldPoint
        let radius: Double
    }

    private let point: ShieldPoint
    private let (radius, rho): (Double, Double)
    private let design: SpuriousDesign
    private let (samples, coordinates): (Int, Int)

    public init(_ settings: ParameterValues) throws(SettingsDisagree) {
        point = settings.choice("point")
        (radius, rho) = (settings.number("radius"), settings.number("rho"))
        design = settings.choice("design")
        (samples, coordinates) = (settings.integer("samples"), settings.integer("coordinates"))
        try design.check(samples: samples, coordinates: coordinates)
        if design == .noneConstant, point == .flatBad {
            throw SettingsDisagree(
                "point: flat-bad needs a spurious coordinate; state planted or exactly-one for the design")
        }
    }

    public func model(seed: UInt64) throws(ModelFailed) -> Model {
        let sample = design.sample(samples: samples, coordinates: coordinates, constant: false, seed: seed)
        guard let spurious = sample.spurious ?? (point == .flatBad ? nil : 0) else {
            throw ModelFailed("no coordinate is constant on the sample")
        }
        let problem = ShieldProblem(sample: sample, rho: rho)
        return Model(
            problem: problem, weights: point.weights(problem, spurious: spurious), point: point, radius: radius)
    }

    public static let measures: [LabMeasure<Model>] = [
        LabMeasure(.empiricalRisk) { $0.problem.riskAndGradient($0.weights).value },
        LabMeasure(.populationRisk) { $0.problem.populationRisk($0.weights) },
        LabMeasure(.populationRiskFormula) { $0.point.populationRisk($0.problem.hinge) },
        LabMeasure(.sharpnessAwareRisk) { MeasuredValue($0.ascended.value, effort: $0.ascended.effort) },
        LabMeasure(.sharpnessAwareRiskFormula) { $0.point.sharpnessAwareRisk($0.problem.hinge, radius: $0.radius) },
        LabMeasure(.excessSharpnessAwareRisk) { $0.ascended.value - $0.problem.hinge.value($0.radius) },
        LabMeasure(.maximiserGap) {
            abs($0.point.sharpnessAwareRisk($0.problem.hinge, radius: $0.radius) - $0.ascended.value)
        },
        LabMeasure(.riskTrace) { $0.problem.empiricalTrace($0.weights) },
        LabMeasure(.populationTrace) {
            $0.point.populationTrace($0.problem.hinge, coordinates: $0.problem.sample.coordinates)
        },
        LabMeasure(.plantingProbability) { $0.planting.exactlyOne },
        LabMeasure(.plantingProbabilityOfAny) { $0.planting.any },
        LabMeasure(.unconditionalRiskBound) { $0.planting.exactlyOne * $0.problem.populationRisk($0.weights) },
    ]
}

extension SharpnessAwareMinimisers.Model {
    fileprivate var ascended: InnerMaximum { problem.sharpnessAwareRisk(weights, radius: radius) }

    fileprivate var planting: PlantingProbability {
        PlantingProbability(samples: problem.sample.samples, coordinates: problem.sample.coordinates)
    }
}
