import Analysis
import Recording
import Statistics

extension StudyVerdicts.Row {
    /// Why no condition was held against it; nil where one was.
    var reasonWithoutTrial: String? {
        guard verdict.hardest == nil else { return nil }
        if verdict.raw.estimate == nil { return verdict.raw.reason }
        for case .notApplicable(let reason) in verdict.trials.map(\.outcome) { return reason.description }
        return "There was nothing to hold fixed."
    }

    /// Why nothing is known given curves of the condition.
    var reasonWithoutCurve: String? {
        guard let hardest = verdict.hardest else { return reasonWithoutTrial }
        if case .failure(let undefined) = hardest.curved { return undefined.description }
        return nil
    }

    var reasonWithoutLeastReliability: String? {
        verdict.raw.reason
            ?? (verdict.trials.contains { $0.noisy != nil }
                ? "What is held fixed refutes the correlation, or leaves nothing of it at any reliability."
                : "No confounder of unknown noise was held fixed.")
    }

    var reasonWithoutSensitivity: String? {
        verdict.raw.reason
            ?? "Given lines of all confounders nothing stands that another could take away, or none goes with both."
    }

    var reasonWithoutCorrection: String? {
        verdict.raw.reason ?? "It is no predictor, so it takes no part in the correction."
    }

    var reasonWithoutGain: String? {
        if case .failure(let undefined) = verdict.gain { undefined.description } else { nil }
    }

    /// The whole verdict in one line without a full stop, its word marked.
    package var prose: Prose { "\(wording.before)\(strong: wording.word)\(wording.after)" }
}
