import Parameters
import Randomness

/// The largest eigenvalue of the training loss's Hessian, by Lanczos' method on exact Hessian–vector products.
///
/// Details: `residual`, from which some eigenvalue is no farther; `steps`.
///
/// - Complexity: up to 100 Hessian–vector products of seven forward passes each.
public struct HessianTopEigenvalue: Measure {
    public static let about = MeasureDescription(
        id: "hessian_top_eigenvalue", title: "Largest Hessian eigenvalue", family: "sharpness",
        formula: "λ_max(H), with adaptive λ_max(D H D), D = diag(θ)",
        source: "Keskar et al., arXiv 1609.04836; Lanczos' method with full reorthogonalisation",
        invariances: [.permutation], reads: [.trainingInputs, .trainingLabels], predictedSign: .negative,
        effortUnit: "products",
        limits:
            """
            The residual bounds the distance to an eigenvalue, not that it is the largest. Not invariant to \
            rescaling (options adaptive and gauge).
            """,
        options: [
            .adaptive(default: false), .points(2048), .seed, .gauge,
        ])

    private let isAdaptive: Bool
    private let choice: ViewChoice
    private let seed: UInt64

    public init(options: ParameterValues) {
        isAdaptive = options.flag("adaptive")
        choice = ViewChoice(options)
        seed = UInt64(options.integer("seed"))
    }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured(choice) { view in
            var stream = subject.stream(Self.about.id, seed: seed)
            let theta = view.network.parameters
            let start = theta.map { _ in stream.normal() }
            let product = HessianProduct(view)
            let found = Lanczos(start: start) { vector in
                guard isAdaptive else { return product.times(vector) }
                let scaled = zip(theta, vector).map(*)
                return zip(theta, product.times(scaled)).map(*)
            }
            guard let found else { return .noDecomposition }
            let isRough = found.residual > 1e-4 * abs(found.eigenvalue)
            return MeasuredValue(
                found.eigenvalue, effort: found.steps,
                note: isRough ? "the residual is above 1e-4 of the eigenvalue" : nil,
                details: ["residual": found.residual, "steps": Double(found.steps)])
        }
    }
}
