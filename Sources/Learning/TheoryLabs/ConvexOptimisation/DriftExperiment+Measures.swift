import LinearAlgebra
import Measures
import Randomness

extension SharpnessAwareDrift {
    public static let measures: [LabMeasure<Model>] = [
        LabMeasure(.empiricalRisk) { $0.problem.empiricalRisk($0.run.last) },
        LabMeasure(.populationRisk) { $0.problem.populationRisk($0.run.last) },
        LabMeasure(.populationRiskFormula) { $0.drifts { $0.populationRisk(distance: $0.distance) } },
        LabMeasure(.averagePopulationRisk) { $0.problem.populationRisk($0.run.average) },
        LabMeasure(.averagePopulationRiskFormula) { $0.drifts { $0.populationRisk(distance: $0.averageDistance) } },
        LabMeasure(.effectiveDrift) {
            let risk = $0.problem.populationRisk($0.run.last)
            return risk > 0 ? 2 * risk.squareRoot() + $0.formulas.rho : 0
        },
        LabMeasure(.sharpnessAwareRisk) { $0.sharpnessAwareRisk },
        LabMeasure(.sharpnessAwareRiskFormula) { $0.drifts(\.sharpnessAwareRisk) },
        LabMeasure(.maximiserGap) { model in
            model.drifts { abs($0.sharpnessAwareRisk - model.sharpnessAwareRisk) }
        },
        LabMeasure(.riskTrace) { $0.problem.empiricalTrace($0.run.last) },
        LabMeasure(.populationTrace) { $0.problem.populationTrace($0.run.last) },
        LabMeasure(.populationTraceFormula) { $0.drifts(\.populationTrace) },
        LabMeasure(.criticalRadius) { $0.ofUpdates(\.criticalRadius) },
        LabMeasure(.driftScale) { $0.formulas.driftScale },
        LabMeasure(.excessRadius) { $0.formulas.excessRadius },
        LabMeasure(.updates) { Double($0.formulas.updates) },
        LabMeasure(.distanceFromStart) { ($0.run.last - $0.run.start).norm },
        LabMeasure(.driftLength) { $0.run.pathLength },
        LabMeasure(.driftLengthBound) { $0.pathBound.measured },
        LabMeasure(.driftLengthRatio) { $0.pathBound.ratio(of: $0.run.pathLength) },
        LabMeasure(.spuriousNorm) { $0.norm(inSpuriousRow: true) },
        LabMeasure(.outsideNorm) { $0.norm(inSpuriousRow: false) },
        LabMeasure(.hasSpurious) { $0.problem.sample.spurious == nil ? 0 : 1 },
        LabMeasure(.unplantedRisk) {
            $0.problem.sample.spurious == nil
                ? MeasuredValue($0.problem.populationRisk($0.run.last))
                : MeasuredValue(.undefined, reason: "a coordinate is constant on the sample")
        },
        LabMeasure(.plantingProbability) { $0.planting.exactlyOne },
        LabMeasure(.plantingProbabilityOfAny) { $0.planting.any },
        LabMeasure(.unconditionalRiskBound) {
            $0.design == .noneConstant || $0.design == .independent
                ? MeasuredValue(.undefined, reason: "nothing is planted in this design")
                : MeasuredValue($0.planting.exactlyOne * $0.problem.populationRisk($0.run.last))
        },
    ]
}

extension SharpnessAwareDrift.Model {
    /// A closed form, where there is one: for the exact inner maximiser, one entry at a time and enough of them.
    fileprivate func drifts(_ value: (DriftFormulas) -> Double) -> MeasuredValue {
        guard algorithm == .saGD else { return MeasuredValue(.undefined, reason: "the closed form is that of sa-gd") }
        guard tie != .spread else {
            return MeasuredValue(.undefined, reason: "the closed form moves one entry at a time")
        }
        guard problem.columns >= formulas.horizon else {
            return MeasuredValue(.undefined, reason: "the closed form has a column for each iterate")
        }
        return MeasuredValue(value(formulas))
    }

    fileprivate func ofUpdates(_ value: (DriftFormulas) -> Double) -> MeasuredValue {
        formulas.updates > 0
            ? MeasuredValue(value(formulas)) : MeasuredValue(.undefined, reason: "there are no updates")
    }

    fileprivate var sharpnessAwareRisk: Double {
        guard formulas.radius > 0 else { return problem.empiricalRisk(run.last) }
        return problem.ascendedPerturbation(
            run.last, radius: formulas.radius, axes: 4, stream: NativeStream(seed: 0).child("sharpness")
        ).value
    }

    fileprivate var planting: PlantingProbability {
        PlantingProbability(samples: problem.sample.samples, coordinates: problem.sample.coordinates)
    }

    fileprivate var pathBound: PathLengthBound {
        PathLengthBound(distance: run.start.norm, radius: formulas.radius, rho: formulas.rho)
    }

    fileprivate func norm(inSpuriousRow: Bool) -> MeasuredValue {
        guard let row = problem.sample.spurious else {
            return MeasuredValue(.undefined, reason: "no coordinate is constant on the sample")
        }
        let inside = run.last.row(row).reduce(0) { $0 + $1 * $1 }
        let outside = (0..<run.last.rows).reduce(0) { sum, index in
            index == row ? sum : run.last.row(index).reduce(sum) { $0 + $1 * $1 }
        }
        return MeasuredValue((inSpuriousRow ? inside : outside).squareRoot())
    }
}
