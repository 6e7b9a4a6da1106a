import Results

extension ResultsStore {
    /// Enters a simulated study and writes the models that the file lacks, some thousands a transaction.
    ///
    /// - Parameters:
    ///   - progress: called after each transaction with the number of models that are there.
    ///   - model: what is at a position, for the digest of the study.
    /// - Throws: `ResultsError`; `CancellationError` where the task was cancelled, with what was written kept.
    func add(
        _ new: NewStudy, models: Int, provenance: Provenance, progress: (_ done: Int) -> Void,
        model: (_ position: Int, _ digest: String) throws -> FinishedModel
    ) throws -> StudyRecord {
        // 2,000 models by 30 measures are a log of 6 MB.
        let modelsAtATime = 2000
        let study = try enter(new)
        let run = try beginRun(of: study.id, jobs: 1, options: ["simulated": "true"], provenance: provenance)
        do {
            let finished = try finishedPositions(of: study.id)
            let missing = (0..<models).filter { !finished.contains($0) }
            for start in stride(from: 0, to: missing.count, by: modelsAtATime) {
                try Task.checkCancellation()
                let positions = missing[start..<min(start + modelsAtATime, missing.count)]
                try add(positions.map { try model($0, study.digest) }, study: study.id, run: run)
                progress(finished.count + start + positions.count)
            }
        } catch {
            try? endRun(run, outcome: error is CancellationError ? .interrupted : .failed)
            throw error
        }
        try endRun(run, outcome: .finished)
        return study
    }
}
