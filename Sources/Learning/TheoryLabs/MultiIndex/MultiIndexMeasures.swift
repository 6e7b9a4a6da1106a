import Measures

/// What is measured of every network here; experiments add their own.
enum MultiIndexMeasures {
    static let common: [LabMeasure<MultiIndexModel>] = [
        LabMeasure(.populationRisk) { $0.populationRisk },
        LabMeasure(.relativePopulationRisk) { $0.relativePopulationRisk },
        LabMeasure(.empiricalRisk) { $0.network.squaredError($0.problem.inputs, $0.problem.labels) },
        LabMeasure(.riskTrace) { $0.network.riskTrace($0.problem.inputs, labels: $0.problem.labels) },
        LabMeasure(.orbitTrace) { $0.traces.orbitTrace },
        LabMeasure(.splitTrace) { model in
            guard model.traces.width <= model.splitWidth else {
                return MeasuredValue(
                    .undefined,
                    reason: "\(model.traces.width) neurons cannot be split into \(model.splitWidth): raise split_width")
            }
            return MeasuredValue(model.traces.splitTrace(width: model.splitWidth))
        },
        LabMeasure(.variationNorm) { $0.traces.variationNorm },
        LabMeasure(.flatnessRatio) { model in
            guard let ratio = model.flatnessRatio else {
                return MeasuredValue(.undefined, reason: "the teacher is 0 on the sample")
            }
            return MeasuredValue(ratio)
        },
        LabMeasure(.teacherOrbitTrace) { $0.teacherTraces.orbitTrace },
        LabMeasure(.neurons) { Double($0.traces.width) },
        LabMeasure(.flatnessRatioBound) { $0.overBound { bound, teacher, _ in bound / teacher } },
        LabMeasure(.flatnessRatioExcess) { $0.overBound { bound, _, own in own / bound - 1 } },
    ]
}

extension MultiIndexModel {
    /// A number of the rectifier's least variation norm, the teacher's and the network's own.
    fileprivate func overBound(_ value: (_ bound: Double, _ teacher: Double, _ own: Double) -> Double) -> MeasuredValue
    {
        guard problem.activation == .relu else {
            return MeasuredValue(.undefined, reason: "the bound is the rectifier's")
        }
        guard teacherTraces.variationNorm > 0 else {
            return MeasuredValue(.undefined, reason: "the teacher is 0 on the sample")
        }
        let bound = NeuronTraces.rectifierBound(problem.inputs, labels: problem.labels)
        return MeasuredValue(value(bound, teacherTraces.variationNorm, traces.variationNorm))
    }
}

extension MeasureDescription {
    private static let source = "derived here, for the networks of arXiv 2606.04429"

    static let relativePopulationRisk = MeasureDescription(
        id: "relative_population_risk", title: "Population risk over the target's second moment", family: "performance",
        formula: "E (f - f*)² / E f*²", source: source, invariances: [.neuronRescaling, .permutation],
        reads: [.unseenInputs, .unseenLabels], predictedSign: .negative,
        limits: "What is to be predicted: it is no predictor. 1 is what f = 0 has.")

    static let orbitTrace = MeasureDescription(
        id: "orbit_trace", title: "Least Hessian trace over neuron rescalings (S)", family: "sharpness",
        formula: "S = 2 (1+p) p^(-p/(p+1)) Σ_j A_j^(1/(p+1)) B_j^(p/(p+1)); A = mean φ², B = a² mean φ'² |x|²",
        source: source, invariances: [.neuronRescaling, .permutation], reads: [.trainingInputs],
        predictedSign: .negative,
        limits: "The trace where the residuals are 0. For p > 1, splitting neurons lowers it: compare at equal width.")

    static let splitTrace = MeasureDescription(
        id: "split_trace", title: "Least S over splittings to a given width (S_m)", family: "sharpness",
        formula: "S_m = C_p m^(-(p-1)/(p+1)) V^(2p/(p+1))", source: source,
        invariances: [.neuronRescaling, .permutation],
        reads: [.trainingInputs], predictedSign: .negative,
        limits: "Copies are counted in real numbers: whole numbers of them come near it, and reach it for p = 1.")

    static let variationNorm = MeasureDescription(
        id: "variation_norm", title: "Variation norm on the sample (V)", family: "simplicity",
        formula: "V = Σ_j A_j^(1/2p) B_j^(1/2)", source: source, invariances: [.neuronRescaling, .permutation],
        reads: [.trainingInputs], predictedSign: .negative,
        limits: "Of this sum over neurons, not of the function's best one.")

    static let flatnessRatio = MeasureDescription(
        id: "flatness_ratio", title: "Flatness over the teacher's at equal width", family: "sharpness",
        formula: "S_m / S_m(teacher) = (V / V_teacher)^(2p/(p+1))", source: source,
        invariances: [.neuronRescaling, .permutation], reads: [.trainingInputs, .trainingLabels],
        predictedSign: .negative,
        limits: "Below 1 is flatter than the teacher, which only an experiment knows.")

    static let flatnessRatioBound = MeasureDescription(
        id: "flatness_ratio_bound", title: "What no interpolator's flatness ratio goes below", family: "sharpness",
        formula: "mean |y| |x| / V_teacher (p = 1)", source: source, invariances: [.neuronRescaling, .permutation],
        reads: [.trainingInputs, .trainingLabels], predictedSign: .none,
        limits: "Attained by memorisers, which need samples ≤ dimension; not sharp for more samples.")

    static let flatnessRatioExcess = MeasureDescription(
        id: "flatness_ratio_excess", title: "How far the flatness ratio is above its bound, relative",
        family: "optimisation",
        formula: "V / (mean |y| |x|) - 1 (p = 1)", source: source, invariances: [.neuronRescaling, .permutation],
        reads: [.trainingInputs, .trainingLabels], predictedSign: .none,
        limits: "0 says that no interpolator of the sample is flatter.")

    static let teacherOrbitTrace = MeasureDescription(
        id: "teacher_orbit_trace", title: "S of the teacher", family: "sharpness", formula: "S of f*", source: source,
        invariances: [], reads: [.trainingInputs, .trainingLabels], predictedSign: .none,
        limits: "The same for all networks of one sample. For the rectifier near 2k√d.")

    static let neurons = MeasureDescription(
        id: "neurons", title: "Neurons that fire and are heard", family: "simplicity",
        formula: "#{j: a_j ≠ 0, A_j > 0}",
        source: source, invariances: [.neuronRescaling, .permutation], reads: [.trainingInputs], predictedSign: .none,
        limits: "Splitting raises it and leaves the function as it is.")
}
