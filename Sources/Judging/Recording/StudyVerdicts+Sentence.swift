import Analysis
import Statistics
import Typography

/// What a verdict and the numbers behind it say, in one line without a full stop.
public struct VerdictSentence: Sendable, Hashable {
    /// What stands before the word, and after it; one of them is empty.
    public let before: String
    /// What the verdict comes to, which a report may make bold.
    public let word: String
    public let after: String

    public var text: String { before + word + after }
}

extension StudyVerdicts.Row {
    /// The whole verdict in one line without a full stop, as the results file keeps it.
    public var sentence: String { wording.text }

    /// The same with its word apart.
    public var wording: VerdictSentence {
        let raw = verdict.raw
        guard let rho = raw.estimate, let p = raw.pValue else {
            return VerdictSentence(
                before: "", word: "no verdict", after: ": \(clause(raw.reason ?? "there is no correlation"))")
        }
        var parts = ["rho \(signed(rho))"]
        if let bounds = raw.shownInterval?.bounds {
            parts[0] += " (95 % \(signed(bounds.lower)) to \(signed(bounds.upper)))"
        }
        parts[0] += " over \(raw.count) networks, p \(short(p))"
        if let corrected = verdict.correctedPValue {
            parts[0] +=
                ", \(short(corrected)) corrected for \(verdict.tested) \(verdict.tested == 1 ? "measure" : "measures")"
        }
        if let hardest = verdict.hardest, verdict.word != .notAPredictor { parts.append(survival(hardest)) }
        for doubt in verdict.doubts {
            switch doubt {
            case .trial: break
            case .interval: parts.append("its interval includes 0")
            case .strata(let p): parts.append("configurations contradict each other (heterogeneity p \(short(p)))")
            }
        }
        switch verdict.gain {
        case _ where verdict.word == .notAPredictor: break
        case .success(let gain):
            parts.append(
                "adds \(signed(100 * gain.gain, digits: 1)) ± "
                    + "\(NumberFormat.fixed(1).string(100 * gain.standardError)) % "
                    + "of the target's rank variance to the baseline")
        case .failure(let undefined):
            parts.append("what it adds to the baseline is unknown: \(clause(undefined.description))")
        }
        if let reliability, let noiseFree {
            parts.append(
                "reliability \(NumberFormat.fixed(2).string(reliability.value)), "
                    + "so without its sampling error rho would be "
                    + "about \(signed(noiseFree))")
        } else if let reason = reasonWithoutNoiseFree {
            parts.append("what it would be without its sampling error is unknown: \(clause(reason))")
        }
        parts.append("reads \(reads ?? "what this program does not know")")
        if verdict.word == .undetectable, let size = verdict.detectable {
            parts.append("±\(NumberFormat.fixed(2).string(size)) would be found in four of five such studies")
            if let count = countNeeded(for: rho, tests: max(1, verdict.tested)), abs(rho) < size, count < 1_000_000 {
                parts.append("one like this in four of five of \(count) networks")
            }
        }
        return VerdictSentence(
            before: parts.joined(separator: "; ") + ": ", word: verdict.word?.rawValue ?? "no verdict", after: "")
    }

    /// Why an estimated measure has no `noiseFree`; nil for an exact one.
    private var reasonWithoutNoiseFree: String? {
        switch verdict.reliability {
        case nil: return nil
        case .failure(let undefined): return undefined.description
        case .success(let reliability):
            guard let rho = verdict.raw.estimate, case .failure(let undefined) = reliability.withoutNoise(rho) else {
                return nil
            }
            return undefined.description
        }
    }

    /// A sentence without its full stop.
    private func clause(_ sentence: String) -> String {
        sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
    }

    private func survival(_ trial: Verdict.Trial) -> String {
        switch trial.outcome {
        case .indistinct(let rho):
            return "cannot be told apart given \(trial.condition) (rank correlation \(signed(rho, digits: 2)))"
        case .notApplicable(let reason):
            return "could not be held against \(trial.condition): \(clause(reason.description))"
        default: break
        }
        guard let partial = trial.partial.estimate, let p = trial.partial.pValue else {
            return "nothing of it is left given \(trial.condition)"
        }
        let numbers = "\(signed(partial)), p \(short(p))"
        return switch trial.outcome {
        case .survived: "survives given \(trial.condition) (\(numbers))"
        case .weakened: "less than half is left given \(trial.condition) (\(numbers))"
        case .lost: "goes given \(trial.condition) (\(numbers))"
        case .hidden: "shows only given \(trial.condition) (\(numbers))"
        case .open, .indistinct, .notApplicable: "given \(trial.condition) \(numbers)"
        }
    }

    private func short(_ p: Double) -> String { NumberFormat.significant(2).string(p) }
}
