import Measures

extension SAMChain {
    public static let measures: [LabMeasure<Model>] = [
        LabMeasure(.empiricalRisk) { $0.full?.empiricalRisk($0.weights) ?? $0.reduced.empiricalRisk($0.weights) },
        LabMeasure(.populationRisk) { $0.full?.populationRisk($0.weights) ?? $0.reduced.populationRisk($0.weights) },
        LabMeasure(.populationRiskFormula) {
            $0.settings.formulas.populationRisk(links: $0.settings.links).map { MeasuredValue($0) }
                ?? MeasuredValue(.undefined, reason: "the chain does not sustain itself, or there are no links yet")
        },
        LabMeasure(.linksFormula) { Double($0.settings.links) },
        LabMeasure(.linksFired) { model in
            let least = model.settings.formulas.stepSize * model.settings.formulas.radius / 10
            return Double(model.spuriousRow.dropFirst().count { abs($0) > least })
        },
        LabMeasure(.initialGradientNorm) { $0.run.initialGradientNorm },
        LabMeasure(.spuriousNorm) { norm(Array($0.spuriousRow.dropFirst())) },
        LabMeasure(.outsideNorm) { $0.outsideNorm },
        LabMeasure(.seedNorm) { $0.seedNorm },
        LabMeasure(.driftLength) { $0.run.pathLength },
        LabMeasure(.driftLengthBound) { $0.pathBound.measured },
        LabMeasure(.driftLengthRatio) { $0.pathBound.ratio(of: $0.run.pathLength) },
        LabMeasure(.sustainingRadius) { $0.settings.formulas.sustainingRadius },
        LabMeasure(.updates) { Double($0.settings.updates) },
    ]
}

extension SAMChain.Model {
    fileprivate var pathBound: PathLengthBound {
        PathLengthBound(distance: settings.startDistance, radius: settings.formulas.radius, rho: settings.formulas.rho)
    }

    fileprivate var reduced: ReducedChain<Double> {
        ReducedChain(delta: settings.formulas.delta, rho: settings.formulas.rho)
    }

    fileprivate var spuriousRow: ArraySlice<Double> {
        guard let full else { return weights[...] }
        let row = full.sample.spurious ?? 0
        return weights[row * full.columns..<(row + 1) * full.columns]
    }

    fileprivate var outsideNorm: Double {
        guard let full else { return 0 }
        return (0..<full.sample.coordinates).reduce(0) {
            $1 == full.sample.spurious ? $0 : $0 + full.squaredRow(weights, $1)
        }.squareRoot()
    }

    fileprivate var seedNorm: Double {
        guard let full else { return abs(weights[0]) }
        return norm((0..<full.sample.coordinates).map { weights[$0 * full.columns] } + [weights[full.dimension - 1]])
    }
}
