import Analysis
import Diagnostics
import Results

extension StudyAnalysis {
    /// Writes all that was found into the results file, in place of what was there.
    ///
    /// A study without a value of its target keeps the correlations and verdicts that are there; so do models that are
    /// no sample keep their verdicts.
    ///
    /// - Throws: `RestrictedAnalysis` for an analysis of selected networks: the file's rows are about all of a study.
    public func record(in store: ResultsStore) throws {
        let study = population.study
        if let restriction = population.restriction?.restriction {
            throw RestrictedAnalysis(study: study.name, restriction: restriction)
        }
        try store.record(findings: claims.findings, study: study.id)
        try store.record(replication: replication.records, study: study.id)
        guard let correlations else { return }
        try store.record(correlations.records, study: study.id)
        guard let verdicts else { return }
        try store.record(verdicts.partialRecords, study: study.id)
        try store.record(verdicts.records, about: verdicts.target, study: study.id)
    }
}

/// What is concluded of a part of a study's networks, which would take the place of what is concluded of all.
public struct RestrictedAnalysis: RequestError, Equatable {
    public let study: String
    public let restriction: Restriction

    public var description: String {
        """
        What is concluded of the networks of '\(study)' that '\(restriction.description.shortened)' selects is not \
        recorded: the results file holds what is concluded of all. Record an analysis of the whole study.
        """
    }
}
