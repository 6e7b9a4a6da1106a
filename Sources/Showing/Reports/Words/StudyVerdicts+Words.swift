import Analysis
import Plots
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

    /// Why the word is what it is, in a few words without a full stop.
    ///
    /// - Parameter design: what every condition holds fixed.
    func why(design: [String]) -> String {
        let held = verdict.hardest.map { ConditionNames(design: design).words($0) } ?? "what is held fixed"
        let count = verdict.raw.count
        switch verdict.word {
        case nil: return verdict.raw.reason ?? "there is no correlation"
        case .supported:
            return "keeps its sign, and at least half its size or what chance leaves, with everything held fixed"
        case .fragile: return "noise in what is held fixed could explain the rest"
        case .masked: return "shows with \(held) held fixed"
        case .notAPredictor: return "reads unseen labels"
        case .confounded:
            if case .reversed = verdict.hardest?.outcome { return "turns its sign with \(held) held fixed" }
            return "vanishes with \(held) held fixed"
        case .unstable:
            return verdict.doubts.map { doubt in
                switch doubt {
                case .trial: "less than half is left with \(weakening(design)) held fixed"
                case .interval: "its interval includes 0"
                case .strata: "configurations contradict each other"
                }
            }.joined(separator: "; ")
        case .open:
            switch verdict.hardest?.outcome {
            case .indistinct?: return "cannot be told apart from \(held)"
            case .notApplicable?: return "could not be held against \(held)"
            case .unresolved?, .open?:
                let few = verdict.hardest?.partial.count ?? count
                return "\(few) networks cannot tell what is left with \(held) held fixed"
            default:
                return verdict.holdsConfigurations
                    ? "\(count) networks cannot tell what is left"
                    : "too few networks repeat a configuration to hold it fixed"
            }
        case .undetectable:
            guard let rho = verdict.raw.estimate,
                let needed = countNeeded(for: rho, tests: max(1, verdict.tested)), needed > count
            else { return "\(count) networks cannot tell it from nothing" }
            let number = needed < 1_000_000 ? "\(needed)" : "more than a million"
            return "\(count) networks cannot tell it from nothing; \(number) would be needed for 80 % power"
        }
    }
}

extension StudyVerdicts.Row {
    /// The condition under which less than half is left.
    private func weakening(_ design: [String]) -> String {
        let trial = verdict.trials.first { if case .weakened = $0.outcome { true } else { false } } ?? verdict.hardest
        return trial.map { ConditionNames(design: design).words($0) } ?? "what is held fixed"
    }
}

extension Verdict.Word {
    /// The colour of every word.
    static let tones = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0.tone) })

    /// In a cell of a picture.
    var shortName: String { self == .undetectable ? "undetectable" : rawValue }

    /// The colour of what it says.
    var tone: JudgementPalette.Tone {
        switch self {
        case .supported: .good
        case .fragile: .fair
        case .masked: .hidden
        case .open, .unstable: .unclear
        case .confounded: .bad
        case .undetectable, .notAPredictor: .nothing
        }
    }
}
