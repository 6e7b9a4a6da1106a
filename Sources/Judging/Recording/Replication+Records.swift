import Analysis
import Results

extension Replication {
    /// As the results file keeps them, in the order of the study's file.
    public var records: [ReplicationRecord] {
        evaluations.map { evaluation in
            let found = evaluation.measured
            return ReplicationRecord(
                evaluation.published, measured: found.value, count: found.count, agrees: evaluation.agrees,
                reason: found.reason)
        }
    }
}
