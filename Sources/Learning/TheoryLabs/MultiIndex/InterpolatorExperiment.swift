import LinearAlgebra
import Measures
import Parameters
import Randomness

/// Interpolators that are written down or solved for: how flat they are beside the teacher, and how far from it.
package struct InterpolatorExperiment: Experiment {
    enum Interpolator: String, CaseIterable {
        case teacher, memoriser, hats, hybrid
        case randomFeatures = "random-features"
        case noiseFit = "noise-fit"
        case minimumFrobenius = "minimum-frobenius"
        case minimumNuclear = "minimum-nuclear"
    }

    package static let about = ExperimentDescription(
        id: "multi-index-interpolator", title: "Interpolators of a multi-index sample",
        source: "arXiv 2606.04429 (setting; all formulas derived here)",
        model: """
            a homogeneous two-layer network that fits y = Σ φ(e_l·x), l = 1..k, on a sample: the teacher; a neuron a \
            point (memoriser); narrow hats in an angle; (1-t) teacher + t memoriser; the random-feature network of \
            least norm, of the labels or (noise-fit, beside the teacher) of their noise; the quadratic form of least \
            Frobenius or nuclear norm
            """,
        settings: [
            Parameter("activation", default: HomogeneousActivation.relu, "p = 1 or 2"),
            Parameter("interpolator", default: Interpolator.teacher, "which network"),
            Parameter("inputs", default: MultiIndexProblem.Inputs.gaussian, "drawn, or a fixed design of sines"),
            Parameter("dimension", integers: 2...256, default: 32, "d"),
            Parameter("samples", integers: 1...1024, default: 16, "n"),
            Parameter("indices", integers: 1...256, default: 1, "k, the teacher's neurons"),
            Parameter("label_noise", numbers: 0.0...10.0, default: 0.0, "standard deviation of the labels' noise"),
            Parameter("features_per_sample", integers: 1...16, default: 4, "random features over n"),
            Parameter("memoriser_share", numbers: 0...1, default: 0.5, "t of the hybrid"),
            Parameter(
                "hat_share", numbers: 0.001...0.9, default: 0.5,
                "a hat's half width over the nearest point's distance"),
            Parameter("split_width", integers: 1...65536, default: 64, "m of split_trace"),
        ],
        limits: """
            The paper's own class of interpolators that do not generalise, and its constants, could not be reproduced \
            from what is public: these classes are substitutes, and say nothing of others.
            """)

    package static let measures =
        MultiIndexMeasures.common + [
            LabMeasure(.sampledPopulationRisk) { $0.sampledPopulationRisk() },
            LabMeasure(.hybridRiskFormula) { model in
                guard let formula = model.riskFormula else {
                    return MeasuredValue(.undefined, reason: "the formula is the hybrid's")
                }
                return MeasuredValue(formula)
            },
            LabMeasure(.nuclearGap) { model in
                guard let gap = model.nuclearGap else {
                    return MeasuredValue(.undefined, reason: "no nuclear norm was minimised")
                }
                return MeasuredValue(gap)
            },
        ]

    private let activation: HomogeneousActivation
    private let interpolator: Interpolator
    private let inputs: MultiIndexProblem.Inputs
    private let dimension, samples, indices, features, splitWidth: Int
    private let noise, share, hatShare: Double

    package init(_ settings: ParameterValues) throws(SettingsDisagree) {
        activation = settings.choice("activation")
        interpolator = settings.choice("interpolator")
        inputs = settings.choice("inputs")
        dimension = settings.integer("dimension")
        samples = settings.integer("samples")
        indices = settings.integer("indices")
        noise = settings.number("label_noise")
        features = settings.integer("features_per_sample") * samples
        share = settings.number("memoriser_share")
        hatShare = settings.number("hat_share")
        splitWidth = settings.integer("split_width")
        guard indices <= dimension else {
            throw SettingsDisagree("indices: at most the dimension, \(dimension), axes are orthonormal")
        }
        switch interpolator {
        case .memoriser, .hybrid:
            guard samples <= dimension else {
                throw SettingsDisagree("samples: a memoriser needs at most as many as the dimension, \(dimension)")
            }
        case .minimumFrobenius, .minimumNuclear:
            guard activation == .quadratic else {
                throw SettingsDisagree("interpolator: \(interpolator.rawValue) needs the quadratic activation")
            }
            guard dimension <= 48 else {
                throw SettingsDisagree("dimension: at most 48 for \(interpolator.rawValue)")
            }
        case .hats:
            guard activation == .relu else { throw SettingsDisagree("interpolator: hats need the relu activation") }
        case .teacher, .randomFeatures, .noiseFit: break
        }
    }

    package func model(seed: UInt64) throws(ModelFailed) -> MultiIndexModel {
        let stream = NativeStream(seed: seed)
        let problem = MultiIndexProblem(
            activation, inputs: inputs, dimension: dimension, samples: samples, indices: indices, noise: noise,
            stream: stream)
        func made(_ network: HomogeneousNetwork) -> MultiIndexModel {
            MultiIndexModel(problem, network: network, splitWidth: splitWidth)
        }
        switch interpolator {
        case .teacher: return made(problem.teacher)
        case .memoriser: return made(try problem.memoriser())
        case .hats: return made(try problem.angularHats(share: hatShare))
        case .hybrid:
            let memoriser = try problem.memoriser()
            let mixed = ((1 - share) * problem.teacher + share * memoriser).withoutSilentNeurons
            var model = made(mixed)
            model.riskFormula = share * share * memoriser.gaussianRisk(against: problem.teacher)
            return model
        case .randomFeatures:
            return made(try problem.randomFeatureFit(of: problem.labels, features: features, stream: stream))
        case .noiseFit:
            let residuals = zip(problem.labels, problem.targets).map { $0 - $1 }
            let fit = try problem.randomFeatureFit(of: residuals, features: features, stream: stream)
            return made((problem.teacher + fit).withoutSilentNeurons)
        case .minimumFrobenius: return made(try problem.minimumFrobenius())
        case .minimumNuclear:
            let solution = try problem.minimumNuclear()
            var model = made(solution.network)
            model.nuclearGap = solution.relativeGap
            return model
        }
    }
}

extension MeasureDescription {
    static let sampledPopulationRisk = MeasureDescription(
        id: "population_risk_sampled", title: "Population risk by simulation", family: "performance",
        formula: "mean (f - f*)² over 4,096 fresh draws of x", source: "checks the closed form", invariances: [],
        reads: [.unseenInputs, .unseenLabels], predictedSign: .negative, effortUnit: "draws",
        limits: "With its standard error; what the closed form gives is exact.")

    static let hybridRiskFormula = MeasureDescription(
        id: "hybrid_risk_formula", title: "The hybrid's population risk by its formula", family: "performance",
        formula: "t² E (f_memoriser - f*)²", source: "derived here", invariances: [],
        reads: [.unseenInputs, .unseenLabels], predictedSign: .negative, limits: "Of (1-t) teacher + t memoriser only.")

    static let nuclearGap = MeasureDescription(
        id: "nuclear_gap", title: "Relative duality gap of the nuclear norm", family: "optimisation",
        formula: "(|M|_* - ν·y) / |M|_*, |Σ ν_i x_i x_iᵀ| ≤ 1", source: "convex duality", invariances: [],
        reads: [.trainingInputs, .trainingLabels], predictedSign: .none,
        limits: "An upper bound of how far the norm is above the least one.")
}

extension MultiIndexModel {
    /// The mean of (f - f*)² over fresh draws, with its standard error.
    package func sampledPopulationRisk(draws: Int = 4096, seed: UInt64 = 0) -> MeasuredValue {
        var normals = NativeStream(seed: seed).child("population")
        let fresh = Matrix(rows: draws, columns: problem.dimension) { _, _ in normals.normal() }
        let errors = zip(network.outputs(fresh), problem.teacher.outputs(fresh)).map { ($0 - $1) * ($0 - $1) }
        let mean = errors.reduce(0, +) / Double(draws)
        let variance = errors.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(draws - 1)
        return MeasuredValue(mean, standardError: (variance / Double(draws)).squareRoot(), effort: draws)
    }
}
