import Measures
import Parameters

/// GD, SAM or SA-GD on f(w) = ½ relu(w)²: every w <= 0 is a minimum, and those below -r are flat to radius r.
/// arXiv 2511.03548's instance for SAM as others restate it [P*], from other starts [O].
///
/// SAM's perturbation vanishes with the gradient, so it stops as soon as w <= 0, at the sharpest minimum or just beyond
/// it; SA-GD sees a slope until w <= -r.
public struct SharpPoint: Experiment {
    public static let about = ExperimentDescription(
        id: "sco-sam-sharp", title: "SAM stops at a sharp minimum",
        source: "arXiv 2511.03548; instance as others restate it, rates derived here",
        model: "the iterate after so many updates on ½ relu(w)²",
        settings: [
            Parameter("algorithm", default: SharpPointAlgorithm.sam, "which perturbation the gradient is taken at"),
            Parameter("start", numbers: -10.0...10, default: 0, "w_0"),
            Parameter("steps", integers: 0...100_000, default: 200, "updates"),
            Parameter("step_size", numbers: 1e-6...1, default: 0.25, "η"),
            Parameter(
                "radius", numbers: 0.0...10, default: 0.1, "r of the perturbation and of the sharpness-aware risk"),
        ],
        limits: "One sample in one dimension: nothing to generalise to. It is about what SAM minimises.")

    public struct Model: Sendable {
        package let weight: Double
        let settings: SharpPoint
    }

    package let algorithm: SharpPointAlgorithm
    package let (start, stepSize, radius): (Double, Double, Double)
    package let steps: Int

    public init(_ settings: ParameterValues) throws(SettingsDisagree) {
        algorithm = settings.choice("algorithm")
        (start, stepSize, radius) = (settings.number("start"), settings.number("step_size"), settings.number("radius"))
        steps = settings.integer("steps")
    }

    public func model(seed: UInt64) throws(ModelFailed) -> Model {
        var w = start
        for _ in 0..<steps where !Task.isCancelled {
            let perturbation: Double
            switch algorithm {
            case .gd: perturbation = 0
            case .sam: perturbation = w > 0 ? radius : 0
            case .saGD: perturbation = radius
            }
            w -= stepSize * max(w + perturbation, 0)
        }
        return Model(weight: w, settings: self)
    }

    public static let measures: [LabMeasure<Model>] = [
        LabMeasure(.empiricalRisk) { hinge.value(max($0.weight, 0)) },
        LabMeasure(.populationRisk) { hinge.value(max($0.weight, 0)) },
        LabMeasure(.sharpnessAwareRisk) { hinge.value(max($0.weight + $0.settings.radius, 0)) },
        // The minimum is 0, at every w <= -r.
        LabMeasure(.excessSharpnessAwareRisk) { hinge.value(max($0.weight + $0.settings.radius, 0)) },
        LabMeasure(.sharpnessAwareRiskFormula) { $0.settings.formula },
        LabMeasure(.sharpnessAwareRiskFloor) {
            (1 - $0.settings.stepSize) * (1 - $0.settings.stepSize) * $0.settings.ceiling
        },
        LabMeasure(.sharpnessAwareRiskCeiling) { $0.settings.ceiling },
        LabMeasure(.stoppingPoint) { $0.weight },
        LabMeasure(.updates) { Double($0.settings.steps) },
    ]

    private static let hinge = FlatHinge(rho: 0)

    /// r²/2.
    fileprivate var ceiling: Double { radius * radius / 2 }

    /// ½ (1 - η)^2t (w_0 + r)² for SA-GD; r²/2 for SAM from 0.
    fileprivate var formula: MeasuredValue {
        switch algorithm {
        case .saGD where start + radius >= 0:
            let left = (0..<steps).reduce(start + radius) { left, _ in left * (1 - stepSize) }
            return MeasuredValue(left * left / 2)
        case .sam where start == 0: return MeasuredValue(ceiling)
        default: return MeasuredValue(.undefined, reason: "there is a closed form for sa-gd, and for sam from 0")
        }
    }
}

/// What the gradient is taken at.
package enum SharpPointAlgorithm: String, CaseIterable, Sendable {
    case gd
    /// r towards the gradient; 0 where it vanishes.
    case sam
    /// r upwards: the exact inner maximiser.
    case saGD = "sa-gd"
}
