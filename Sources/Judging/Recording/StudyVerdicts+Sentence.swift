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
        if let rounding {
            parts[0] += ", \(signed(rounding.lowerBound)) to \(signed(rounding.upperBound)) under other rounding errors"
        }
        if let corrected = verdict.correctedPValue {
            parts[0] +=
                ", \(short(corrected)) corrected for \(verdict.tested) \(verdict.tested == 1 ? "measure" : "measures")"
        }
        if verdict.word != .notAPredictor {
            if let hardest = verdict.hardest { parts.append(survival(hardest)) }
            parts += limits
        }
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
        if reliability != nil, let noiseFree {
            let known = [("reliability", reliability), ("the target's", targetReliability)].compactMap { name, found in
                found.map { "\(name) \(NumberFormat.fixed(2).string($0.value))" }
            }
            parts.append(
                known.joined(separator: ", ") + ", so without sampling errors rho would be about \(signed(noiseFree))")
        } else if let reason = reasonWithoutNoiseFree {
            parts.append("what it would be without its sampling error is unknown: \(clause(reason))")
        }
        parts.append("reads \(reads ?? "what this program does not know")")
        if verdict.word == .undetectable, let size = verdict.detectable {
            parts.append("±\(NumberFormat.fixed(2).string(size)) would be found in four of five such studies")
            if let count = countNeeded(for: rho, tests: max(1, verdict.tested)), abs(rho) < size, count < 1_000_000 {
                parts.append("for one of this size it takes \(count) networks")
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

    /// How much noise, and what unmeasured confounder, the correlation bears; what it was before training's columns
    /// were held fixed.
    private var limits: [String] {
        var parts: [String] = []
        if !verdict.holdsConfigurations, verdict.word == .open {
            parts.append("too few networks repeat a configuration to hold whole configurations fixed")
        }
        if verdict.word == .fragile {
            parts.append("noise in what is held fixed, of a tenth or as stated, could explain the rest")
        }
        if let least = verdict.leastReliability {
            parts.append("survives confounders of reliability \(NumberFormat.fixed(2).string(least))")
        }
        if let sensitivity = verdict.sensitivity, let multiple = sensitivity.multiple, multiple < 100,
            let name = sensitivity.benchmark
        {
            parts.append(
                "an unmeasured confounder \(NumberFormat.significant(2).string(multiple)) times as strong as \(name) "
                    + "would take it away")
        }
        if let before = verdict.wordBeforeTraining, before != verdict.word {
            parts.append("\(before.rawValue) if only what was decided before training is held fixed")
        }
        return parts
    }

    private func survival(_ trial: Verdict.Trial) -> String {
        switch trial.outcome {
        case .indistinct(let share):
            return
                "cannot be told apart from \(trial.condition), which leaves "
                + "\(NumberFormat.fixed(1).string(100 * share)) % of its variance"
        case .notApplicable(let reason):
            return "could not be held against \(trial.condition): \(clause(reason.description))"
        default: break
        }
        guard let value = trial.value, let p = trial.pValue else {
            return "nothing of it is left given \(trial.condition)"
        }
        let count = trial.partial.count
        let numbers =
            "\(signed(value)), p \(short(p))" + (count == verdict.raw.count ? "" : " over \(count) networks")
        if verdict.unmasking != nil {
            let turns = value * (verdict.raw.estimate ?? 0) < 0 && (verdict.correctedPValue ?? 1) < 0.05
            let verb = turns ? "turns" : "shows only"
            return
                "\(verb) given \(trial.condition) (\(numbers), \(short(trial.correctedPValue ?? 1)) corrected over "
                + "measures and conditions)"
        }
        return switch trial.outcome {
        case .survived: "survives given \(trial.condition) (\(numbers))"
        case .weakened: "less than half is left given \(trial.condition) (\(numbers))"
        case .lost: "goes given \(trial.condition) (\(numbers))"
        case .reversed: "turns given \(trial.condition) (\(numbers))"
        case .unresolved:
            "given \(trial.condition) \(numbers), but with that held as finely as \(count) networks bear "
                + (trial.finest.map { "\(signed($0.value)), p \(short($0.pValue))" } ?? "nothing")
        case .open, .indistinct, .notApplicable: "given \(trial.condition) \(numbers)"
        }
    }

    private func short(_ p: Double) -> String { NumberFormat.significant(2).string(p) }
}
