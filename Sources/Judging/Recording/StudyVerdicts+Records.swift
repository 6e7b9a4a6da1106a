import Analysis
import Results
import Statistics

extension StudyVerdicts {
    /// The partial correlations behind the verdicts, as the results file keeps them.
    public var partialRecords: [CorrelationRecord] {
        rows.flatMap { row in
            row.verdict.trials.map {
                CorrelationRecord($0.partial, of: row.verdict.measure, with: target, given: $0.names)
            }
        }
    }

    /// As the results file keeps them.
    public var records: [JudgementRecord] {
        rows.map { row in
            let verdict = row.verdict
            var record = JudgementRecord(
                measure: verdict.measure, target: target, verdict: verdict.word?.rawValue, count: verdict.raw.count,
                tried: verdict.tried, sentence: row.sentence,
                reason: verdict.word == nil ? verdict.raw.reason ?? "There is no correlation." : nil)
            let bounds = verdict.raw.shownInterval?.bounds
            record.estimate = verdict.raw.estimate
            record.interval = bounds.map { $0.lower...$0.upper }
            record.rounding = row.rounding
            record.pValue = verdict.raw.pValue
            record.verdictBeforeTraining = verdict.wordBeforeTraining?.rawValue
            record.correctedPValue = verdict.correctedPValue
            record.holmPValue = verdict.holmPValue
            record.detectable = verdict.detectable
            if let hardest = verdict.hardest {
                record.given = hardest.names
                record.givenEstimate = hardest.partial.estimate
                record.givenPValue = hardest.partial.pValue
                record.givenCurvedEstimate = hardest.value
                record.givenCurvedPValue = hardest.pValue
                record.givenCorrectedPValue = hardest.correctedPValue
                record.noisyPValue = hardest.noisy?.pValue
                record.changePValue = hardest.change?.pValue
            }
            let gain = try? verdict.gain.get()
            record.gain = gain?.gain
            record.gainError = gain?.standardError
            record.reliability = row.reliability?.value
            record.targetReliability = row.targetReliability?.value
            record.targetReliabilityWithin = row.targetReliabilityWithin?.value
            record.noiseFree = row.noiseFree
            record.leastReliability = verdict.leastReliability
            record.robustnessValue = verdict.sensitivity?.robustnessValueAtLevel
            record.unmeasuredStrength = verdict.sensitivity?.multiple
            record.benchmark = verdict.sensitivity?.benchmark
            record.reads = row.reads
            return record
        }
    }
}
