import Parameters
import Randomness

/// √ of the mean of |H v|² over random sign vectors: an estimate of the Hessian's Frobenius norm.
public struct HessianFrobeniusNorm: Measure {
    public static let about = MeasureDescription(
        id: "hessian_frobenius_norm", title: "Frobenius norm of the Hessian", family: "sharpness",
        formula: "sqrt(mean |H v|²), v uniform in {-1, +1}^P",
        source: "Hutchinson (1990), of H²",
        invariances: [.permutation], reads: [.trainingInputs, .trainingLabels], predictedSign: .negative,
        effortUnit: "probes",
        limits:
            "An estimate: permuting units leaves its law, not its draws. Not invariant to rescaling (option gauge).",
        options: [
            Parameter("probes", integers: 2...1_000_000, default: 30, "random sign vectors"), .points(2048), .seed,
            .gauge,
        ])

    private let probes: Int
    private let choice: ViewChoice
    private let seed: UInt64

    public init(options: ParameterValues) {
        probes = options.integer("probes")
        choice = ViewChoice(options)
        seed = UInt64(options.integer("seed"))
    }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured(choice) { view in
            var stream = subject.stream(Self.about.id, seed: seed)
            let product = HessianProduct(view)
            let squares = (0..<probes).map { _ in
                let image = product.times(stream.signs(count: view.network.parameters.count).map(Double.init))
                return sumOfSquares(image, image.indices)
            }
            let (mean, error) = meanAndError(squares)
            let value = mean.squareRoot()
            return MeasuredValue(
                value, standardError: value > 0 ? error / (2 * value) : 0, effort: probes)
        }
    }
}
