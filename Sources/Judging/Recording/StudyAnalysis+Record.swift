import Analysis
import Results

extension StudyAnalysis {
    /// Writes all that was found into the results file, in place of what was there.
    ///
    /// A study without a value of its target keeps the correlations and verdicts that are there; so do models that are
    /// no sample keep their verdicts.
    public func record(in store: ResultsStore) throws {
        let study = population.study
        try store.record(findings: claims.findings, study: study.id)
        try store.record(replication: replication.records, study: study.id)
        guard let correlations else { return }
        try store.record(correlations.records, study: study.id)
        guard let verdicts else { return }
        try store.record(verdicts.partialRecords, study: study.id)
        try store.record(verdicts.records, about: verdicts.target, study: study.id)
    }
}
