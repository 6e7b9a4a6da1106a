import Analysis
import Results
import Statistics

extension Claims {
    /// As the results file keeps them, in the order of the study's file.
    public var findings: [ClaimFinding] { evaluations.map(ClaimFinding.init) }
}

extension ClaimFinding {
    init(_ evaluation: ClaimEvaluation) {
        self.init(evaluation.claim)
        let found = evaluation.measured
        (measured, standardError, count) = (found.value, found.standardError, found.count)
        (agrees, reason) = (evaluation.agrees, found.reason)
    }
}
