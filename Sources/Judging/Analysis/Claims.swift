import Definitions
import Statistics

/// What a study claims, held against its models.
public struct Claims: Sendable {
    /// In the order of the study's file.
    public let evaluations: [ClaimEvaluation]

    /// Evaluates claims over a study's trained models; variants of networks are none. A model that a study has at
    /// several positions can be selected by each of them and counts once.
    ///
    /// - Complexity: O(models) a claim; O(models log models) for a rank correlation.
    public init(_ claims: [Claim], of population: Population) {
        let factors = ModelFactors(of: population)
        evaluations = claims.map { ClaimEvaluation($0, factors) }
    }

    /// Those that were measured and agree, and those that were measured and do not.
    public var agreeing: Int { evaluations.count { $0.agrees == true } }
    public var disagreeing: Int { evaluations.count { $0.agrees == false } }
}

/// A claim held against the models.
public struct ClaimEvaluation: Sendable {
    public let claim: Claim
    public let measured: MeasuredNumber
    /// Nil where nothing was measured.
    public let agrees: Bool?

    init(_ claim: Claim, _ factors: ModelFactors) {
        self.claim = claim
        measured = factors.measure(claim.statistic, of: claim.measure, over: claim.over, where: claim.selection)
        agrees = measured.value.map(AcceptedValues(claim).contain)
    }
}
