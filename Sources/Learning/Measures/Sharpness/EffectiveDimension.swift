import Parameters

/// How many directions of the parameters the training points determine, at MacKay's prior.
///
/// Details: `alpha`, the prior's precision; `dimension_at_1`, Σ λ/(λ + 1), the offset of Maddox et al.
///
/// - Complexity: the eigenvalues of a matrix of points x (classes - 1) rows, of 4,096/classes points at most.
public struct EffectiveDimension: Measure {
    public static let about = MeasureDescription(
        id: "effective_dimension", title: "Effective dimension", family: "sharpness",
        formula: "γ = Σ n λ/(n λ + α) over the Gauss–Newton matrix's eigenvalues, at the α with α |θ|² = γ",
        source: "MacKay (1992); Maddox, Benton and Wilson, arXiv 2003.02139",
        invariances: [.permutation], reads: [.trainingInputs], predictedSign: .negative, effortUnit: "points",
        limits:
            """
            Of the Gauss–Newton matrix: labels do not enter. More than 4,096/classes points are replaced by a subset. \
            Not invariant to rescaling (option gauge).
            """,
        options: [.points(), .seed, .gauge])

    private let choice: ViewChoice

    public init(options: ParameterValues) { choice = ViewChoice(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured(choice.limited(for: subject)) { view in
            do throws(UndefinedEvidence) {
                let evidence = try view.evidence()
                let fixed = view.gaussNewtonSpectrum?.reduce(0) { $0 + $1 / ($1 + 1) } ?? 0
                return MeasuredValue(
                    evidence.effectiveDimension, effort: view.count,
                    details: ["alpha": evidence.alpha, "dimension_at_1": fixed])
            } catch {
                return error.value
            }
        }
    }
}

/// The logarithm of the training labels' probability under a Gaussian prior and Laplace's approximation, at the prior's
/// best precision.
public struct LaplaceEvidence: Measure {
    public static let about = MeasureDescription(
        id: "laplace_evidence", title: "Laplace log evidence", family: "sharpness",
        formula: "-n L - α |θ|²/2 - ½ Σ ln(1 + n λ/α), λ and α as in effective_dimension",
        source: "MacKay (1992); Immer et al., arXiv 2104.04975",
        invariances: [.permutation], reads: [.trainingInputs, .trainingLabels], predictedSign: .positive,
        effortUnit: "points",
        limits:
            """
            An approximation around one point, which is no minimum where training stopped early. More than \
            4,096/classes points are replaced by a subset. Not invariant to rescaling (option gauge).
            """,
        options: [.points(), .seed, .gauge])

    private let choice: ViewChoice

    public init(options: ParameterValues) { choice = ViewChoice(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured(choice.limited(for: subject)) { view in
            do throws(UndefinedEvidence) {
                let evidence = try view.evidence()
                return MeasuredValue(
                    evidence.logarithm, effort: view.count,
                    details: ["alpha": evidence.alpha])
            } catch {
                return error.value
            }
        }
    }
}
