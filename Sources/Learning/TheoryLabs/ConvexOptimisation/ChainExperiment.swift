import Measures
import Parameters

/// SAM on a chain of links that fire one another.
public struct SAMChain: Experiment {
    public static let about = ExperimentDescription(
        id: "sco-sam-chain", title: "SAM follows a chain of tiny gradients into population risk",
        source: "arXiv 2511.03548; instance as others restate it, reduced and flat chains derived here",
        model: "the last iterate w_T of SAM",
        settings: [
            Parameter("form", default: ChainForm.full, "all rows, or the spurious one alone"),
            Parameter(
                "horizon", integers: 2...4096, default: 64, "T: columns, and iterates w_1 … w_T, hence T - 1 updates"),
            Parameter("stop", integers: 0...4096, default: 0, "which iterate to look at; 0 for w_T"),
            Parameter("step_size", numbers: 1e-6...1, default: 1.0 / 24, "η"),
            Parameter("delta", numbers: 1e-6...0.9, default: 0.03, "δ: how much of a link the next one sees"),
            Parameter("radius", numbers: 1e-6...100, default: 0.5, "r of the perturbation"),
            Parameter("rho", numbers: 0.0...1, default: 0, "ρ: the flat radius of the reduced chain's losses"),
            Parameter("kick", numbers: 0.0...1, default: 1e-6, "ε₀: the reduced chain starts at -ε₀ e_1"),
            Parameter("precision", default: ChainPrecision.float64, "of every operation of the run"),
            Parameter("norm", default: NormRule.naive, "how the gradient's norm is computed"),
            Parameter("epsilon", numbers: 0.0...1, default: 0, "added to the norm by which the gradient is divided"),
            Parameter("design", default: SpuriousDesign.planted, "where the full chain's sample comes from"),
            Parameter("samples", integers: 1...8, default: 6, "n of the full chain, of 2^n coordinates"),
        ],
        limits: "The first gradient is about 1e-17: how it is divided by its norm decides everything.")

    public struct Model: Sendable {
        package let weights: [Double]
        package let run: SAMRun
        /// Nil for the reduced chain.
        package let full: FullChain<Double>?
        let settings: SAMChain
    }

    let form: ChainForm
    let horizon: Int
    private let stop: Int
    let formulas: ChainFormulas
    private let kick: Double
    private let precision: ChainPrecision
    private let normRule: NormRule
    private let epsilon: Double
    private let design: SpuriousDesign
    private let samples: Int

    public init(_ settings: ParameterValues) throws(SettingsDisagree) {
        form = settings.choice("form")
        horizon = settings.integer("horizon")
        stop = settings.integer("stop") == 0 ? horizon : settings.integer("stop")
        formulas = ChainFormulas(
            stepSize: settings.number("step_size"), delta: settings.number("delta"), radius: settings.number("radius"),
            rho: settings.number("rho"))
        kick = settings.number("kick")
        precision = settings.choice("precision")
        normRule = settings.choice("norm")
        epsilon = settings.number("epsilon")
        design = settings.choice("design")
        samples = settings.integer("samples")
        try design.check(samples: samples, coordinates: 0)
        if stop > horizon {
            throw SettingsDisagree("stop: there is no iterate beyond the horizon \(horizon); state less")
        }
        if form == .full, formulas.rho > 0 {
            throw SettingsDisagree("rho: only the reduced chain has flat losses; state 0, or reduced for the form")
        }
        if form == .full, design != .planted, design != .exactlyOne {
            throw SettingsDisagree("design: the full chain needs a spurious coordinate; state planted or exactly-one")
        }
        if form == .full, horizon * horizon << samples > 64_000_000 {
            throw SettingsDisagree("horizon: too much to compute with 2^\(samples) coordinates; lower one of them")
        }
    }

    public func model(seed: UInt64) throws(ModelFailed) -> Model {
        let model: Model
        switch form {
        case .full:
            let sample = design.sample(samples: samples, coordinates: 0, constant: false, seed: seed)
            let constants = ChainConstants(
                dimension: horizon * sample.coordinates + 1, radius: formulas.radius, stepSize: formulas.stepSize)
            let chain = FullChain<Double>(
                sample: sample, columns: horizon, delta: formulas.delta, constants: constants)
            let start = [Double](repeating: 0, count: chain.dimension)
            let run =
                precision == .float64
                ? run(chain, start)
                : run(
                    FullChain<Float>(sample: sample, columns: horizon, delta: formulas.delta, constants: constants),
                    start)
            model = Model(weights: run.last, run: run, full: chain, settings: self)
        case .reduced:
            var start = [Double](repeating: 0, count: horizon)
            start[0] = -kick
            let run =
                precision == .float64
                ? run(ReducedChain<Double>(delta: formulas.delta, rho: formulas.rho), start)
                : run(ReducedChain<Float>(delta: formulas.delta, rho: formulas.rho), start)
            model = Model(weights: run.last, run: run, full: nil, settings: self)
        }
        guard model.weights.allSatisfy(\.isFinite) else { throw ModelFailed("the last iterate is not finite") }
        return model
    }

    private func run(_ oracle: some GradientOracle, _ start: [Double]) -> SAMRun {
        SAMRun(
            oracle, start: start, updates: updates, stepSize: formulas.stepSize, radius: formulas.radius,
            norm: normRule,
            epsilon: epsilon)
    }

    var updates: Int { stop - 1 }

    /// Links that count as fired at full strength: one an update. The full chain fires two early ones at 1/sqrt 2 of
    /// the strength, so that they count as one.
    var links: Int { max(updates - (form == .full ? 1 : 0), 0) }

    /// The distance of w_1 from 0, a ρ-flat minimum.
    var startDistance: Double { form == .reduced ? kick : 0 }
}

/// Which rows the chain has.
package enum ChainForm: String, CaseIterable, Sendable {
    case full, reduced
}

/// The precision of a run.
package enum ChainPrecision: String, CaseIterable, Sendable {
    case float32, float64
}
