import Foundation
import Networks
import Parameters
import Randomness

/// 1/σ², σ the Gaussian noise on all parameters that lowers the training accuracy by 0.1 (`NoiseScale`).
///
/// The standard error is that of σ's search, by blocks of its draws.
public struct PACBayesFlatness: Measure {
    public static let about = MeasureDescription(
        id: "pacbayes_flatness", title: "PAC-Bayes flatness", family: "PAC-Bayes",
        formula: "1/σ², noise N(0, σ² I) lowers the training accuracy by 0.1",
        source: "Jiang et al., arXiv 1912.02178, equation 53 (the noise's variance as printed there)",
        invariances: [.permutation], reads: [.trainingInputs, .trainingLabels], predictedSign: .negative,
        effortUnit: "points", limits: PACBayes.limits, options: PACBayes.options)

    private let parts: PACBayes

    public init(options: ParameterValues) { parts = PACBayes(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        parts.evaluate(subject, .plain) { scale, _ in
            (pow(scale.sigma, -2), 2 * pow(scale.sigma, -2))
        }
    }
}

/// The same with noise in proportion to each parameter: standard deviation √(σ² θ_i² + 1e-6).
public struct PACBayesMagFlatness: Measure {
    public static let about = MeasureDescription(
        id: "pacbayes_mag_flatness", title: "PAC-Bayes flatness, magnitude-aware", family: "PAC-Bayes",
        formula: "1/σ², noise with standard deviation sqrt(σ² θ_i² + 1e-6) lowers the training accuracy by 0.1",
        source: "Jiang et al., arXiv 1912.02178, equation 61",
        invariances: [.permutation], reads: [.trainingInputs, .trainingLabels], predictedSign: .negative,
        effortUnit: "points",
        limits: PACBayes.limits + " Invariant to rescaling only where σ |θ| is far above 0.001.",
        options: PACBayes.options)

    private let parts: PACBayes

    public init(options: ParameterValues) { parts = PACBayes(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        parts.evaluate(subject, .magnitude) { scale, _ in
            (pow(scale.sigma, -2), 2 * pow(scale.sigma, -2))
        }
    }
}

/// The complexity of a PAC-Bayes bound with a prior around 0, at the same σ as `pacbayes_flatness`.
public struct PACBayesOrig: Measure {
    public static let about = MeasureDescription(
        id: "pacbayes_orig", title: "PAC-Bayes bound, prior at 0", family: "PAC-Bayes",
        formula: "|θ|²/(4σ²) + ln(n/σ) + 10, σ as in pacbayes_flatness",
        source: "Jiang et al., arXiv 1912.02178, equation 49",
        invariances: [.permutation], reads: [.trainingInputs, .trainingLabels], predictedSign: .negative,
        effortUnit: "points", limits: PACBayes.limits, options: PACBayes.options)

    private let parts: PACBayes

    public init(options: ParameterValues) { parts = PACBayes(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        parts.evaluate(subject, .plain) { scale, view in
            PACBayes.bound(sumOfSquares(view.network.parameters, view.network.parameters.indices), scale, view)
        }
    }
}

/// What measures that search a noise scale share.
struct PACBayes {
    static let limits =
        """
        An estimate over 32 draws of noise. Undefined where the training accuracy cannot fall by 0.1. Permuting units \
        leaves its law, not its draws.
        """
    static let options: [Parameter] = [.points(2048), .seed, .gauge, Scaling.option]
    /// Of bounds around the initial parameters, which no other member of the orbit began from.
    static let movedOptions: [Parameter] = [.points(2048), .seed, Scaling.option]

    private let choice: ViewChoice
    private let scaling: Scaling
    private let seed: UInt64

    init(_ options: ParameterValues) {
        choice = ViewChoice(options)
        scaling = Scaling(options)
        seed = UInt64(options.integer("seed"))
    }

    /// - Parameters:
    ///   - reference: what the noise of a kind is in proportion to.
    ///   - formula: the value, and the size of its derivative by ln σ.
    func evaluate(
        _ subject: Subject, _ kind: NoiseKind, reference: [Double]? = nil,
        _ formula: (NoiseScale, PointView) -> (value: Double, slope: Double)
    ) -> MeasuredValue {
        subject.measured(choice) { view in
            switch view.noiseScale(kind, subject.stream(kind.rawValue, seed: seed), reference: reference) {
            case .failure(let failure): return .undefined(failure.reason)
            case .success(let scale):
                let (value, slope) = formula(scale, view)
                let noError = "a block of draws has no scale of its own, so that the error is not known"
                return scaling(
                    .square, points: view.count,
                    MeasuredValue(
                        value, standardError: slope * (scale.standardError ?? 0), effort: view.count,
                        note: scale.standardError == nil ? noError : nil, details: ["sigma": scale.sigma]))
            }
        }
    }
}

/// Whose draws, and in proportion to what.
enum NoiseKind: String {
    case plain = "pacbayes"
    case magnitude = "pacbayes_mag"
    case moved = "pacbayes_mag_init"
}

extension PointView {
    /// The scale of noise of a kind, searched once.
    func noiseScale(
        _ kind: NoiseKind, _ stream: NativeStream, reference: [Double]?
    ) -> Result<NoiseScale, ScaleSearch.Failure> {
        let key = "\(kind.rawValue) \(stream.key)"
        if let known = noiseScales[key] { return known }
        let found = Result { () throws(ScaleSearch.Failure) in
            try NoiseScale(
                self, stream, reference: kind == .magnitude ? network.parameters.map(abs) : reference)
        }
        noiseScales[key] = found
        return found
    }
}
