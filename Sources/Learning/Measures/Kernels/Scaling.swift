import Foundation
import Parameters

/// Whether a measure that stands in a bound on the generalisation error is given as the bound has it, which divides by
/// the number n of training points: the same ranks at one n, others across several.
struct Scaling {
    /// What a value is of the μ in the bound √(μ/n).
    enum Form {
        case square, root, logarithm
    }

    private enum Kind: String, CaseIterable {
        case none, bound
    }

    static let option = Parameter(
        "scaling", default: Kind.none,
        "bound divides by the number n of training points, as bounds do: √(μ/n), or (ln μ - ln n)/2")

    private let isBound: Bool

    init(_ options: ParameterValues) { isBound = options.choice("scaling") == Kind.bound }

    /// √(μ/n) of μ or of √μ, (ln μ - ln n)/2 of ln μ, each with its error; or the value as it is.
    ///
    /// Source: Jiang et al., arXiv 1912.02178, appendix C.
    func callAsFunction(_ form: Form, points: Int, _ value: MeasuredValue) -> MeasuredValue {
        guard isBound, let found = value.value else { return value }
        let (n, error) = (Double(points), value.standardError)
        let (scaled, scaledError) =
            switch form {
            case .square: ((found / n).squareRoot(), error > 0 ? error / (2 * (found * n).squareRoot()) : 0)
            case .root: (found / n.squareRoot(), error / n.squareRoot())
            case .logarithm: ((found - log(n)) / 2, error / 2)
            }
        return MeasuredValue(
            scaled, standardError: scaledError, effort: value.effort, note: value.reason, details: value.details)
    }
}
