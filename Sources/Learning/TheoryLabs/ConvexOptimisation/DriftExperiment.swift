import LinearAlgebra
import Measures
import Parameters
import Randomness

/// A run of GD, SAM or SA-GD on `DriftProblem`.
public struct SharpnessAwareDrift: Experiment {
    public static let about = ExperimentDescription(
        id: "sco-sa-gd", title: "SA-GD drifts along flat directions that the sample does not see",
        source: "arXiv 2511.03548; instance as others restate it, closed forms derived here",
        model: "the iterate w_T, and the average of w_1 … w_T, of one run",
        settings: [
            Parameter("algorithm", default: DriftAlgorithm.saGD, "which perturbation the gradient is taken at"),
            Parameter("horizon", integers: 1...4096, default: 64, "T: iterates w_1 … w_T, hence T - 1 updates"),
            Parameter("columns", integers: 0...4096, default: 0, "entries a coordinate; 0 for as many as the horizon"),
            Parameter("step_size", numbers: 1e-6...1, default: 0.25, "η"),
            Parameter("radius", numbers: 0.0...100, default: 0.5, "r of the perturbation"),
            Parameter("rho", numbers: 0.0...10, default: 0.05, "ρ: the flat radius of every loss"),
            Parameter("tie", default: TieRule.first, "which of equal maximisers sa-gd takes"),
            Parameter("design", default: SpuriousDesign.planted, "where the sample's bits come from"),
            Parameter("samples", integers: 1...12, default: 6, "n"),
            Parameter("coordinates", integers: 0...4096, default: 0, "D; 0 for 2^n"),
            Parameter("initial", numbers: 0.0...1, default: 0, "standard deviation of w_1's entries"),
        ],
        limits:
            """
            With sa-gd the tie between equal maximisers is broken towards the spurious coordinate, as the theorem \
            allows.
            """
    )

    /// A run, and what it was a run of.
    public struct Model: Sendable {
        package let problem: DriftProblem
        package let run: DriftRun
        package let formulas: DriftFormulas
        let algorithm: DriftAlgorithm
        let design: SpuriousDesign
        let tie: TieRule
    }

    private let algorithm: DriftAlgorithm
    private let formulas: DriftFormulas
    private let tie: TieRule
    private let design: SpuriousDesign
    private let (samples, coordinates, columns): (Int, Int, Int)
    private let initial: Double

    public init(_ settings: ParameterValues) throws(SettingsDisagree) {
        algorithm = settings.choice("algorithm")
        formulas = DriftFormulas(
            horizon: settings.integer("horizon"), stepSize: settings.number("step_size"),
            radius: settings.number("radius"),
            rho: settings.number("rho"))
        tie = settings.choice("tie")
        design = settings.choice("design")
        samples = settings.integer("samples")
        let stated = settings.integer("coordinates")
        coordinates = stated == 0 ? 1 << samples : stated
        columns = settings.integer("columns") == 0 ? formulas.horizon : settings.integer("columns")
        initial = settings.number("initial")
        try design.check(samples: samples, coordinates: stated)
        try check()
    }

    private func check() throws(SettingsDisagree) {
        if algorithm == .saGD {
            if design != .planted, design != .exactlyOne {
                throw SettingsDisagree(
                    "algorithm: sa-gd needs a spurious coordinate; state sa-gd-ascent, or another design")
            }
            if initial > 0 {
                throw SettingsDisagree("initial: sa-gd starts at 0; state sa-gd-ascent for another start")
            }
        }
        let spreads = algorithm == .saGDAscent || initial > 0
        if spreads, coordinates > 16 {
            throw SettingsDisagree(
                "coordinates: \(coordinates) rows that move make 2^\(coordinates) cases; state at most 16")
        }
        let work =
            Double(coordinates) * Double(columns) * Double(formulas.horizon) * (algorithm == .saGDAscent ? 400 : 1)
        if work > 4e9 {
            throw SettingsDisagree(
                "horizon: too much to compute with so many coordinates and columns; lower one of them")
        }
    }

    public func model(seed: UInt64) throws(ModelFailed) -> Model {
        let stream = NativeStream(seed: seed)
        let sample = design.sample(samples: samples, coordinates: coordinates, constant: true, seed: seed)
        let problem = DriftProblem(sample: sample, columns: columns, rho: formulas.rho)
        var source = stream.child("start")
        let start = Matrix(rows: coordinates, columns: columns) { _, _ in initial == 0 ? 0 : initial * source.normal() }
        let run = DriftRun(
            problem, algorithm: algorithm, start: start, horizon: formulas.horizon, stepSize: formulas.stepSize,
            radius: formulas.radius, tie: tie, stream: stream)
        guard run.last.elements.allSatisfy(\.isFinite) else { throw ModelFailed("the last iterate is not finite") }
        return Model(problem: problem, run: run, formulas: formulas, algorithm: algorithm, design: design, tie: tie)
    }
}
