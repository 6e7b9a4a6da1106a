import Diagnostics
import Foundation

/// How far a run has come.
public struct StudyProgress: Sendable, Equatable {
    /// What the study's models are called: "networks", or "models" in a lab.
    public var unit = "networks"
    /// Models of this run, and how many of them are done.
    public let total: Int
    public let done: Int
    public let failed: Int
    /// Models finished in earlier runs.
    public let before: Int
    /// Since the run began.
    public let seconds: Double
    /// Mean test accuracy of the models of this run that have one.
    public let meanAccuracy: Double?

    /// Models a second.
    public var rate: Double { seconds > 0 ? Double(done) / seconds : 0 }
    /// Seconds to go at the present rate; nil before the first model is done.
    public var remaining: Double? { done > 0 ? Double(total - done) / rate : nil }

    /// One line for a person: done, rate, time to go, mean accuracy.
    public var line: String {
        guard total > 0 else { return "\(counted(before, of: unit)), nothing left to do" }
        var parts = ["\(done)/\(total) \(unit)"]
        if done > 0 { parts.append(String(format: "%.1f/s", rate)) }
        if let remaining, done < total { parts.append("\(Self.duration(remaining)) left") }
        if let meanAccuracy { parts.append(String(format: "mean test accuracy %.4f", meanAccuracy)) }
        if failed > 0 { parts.append("\(failed) failed") }
        if before > 0 { parts.append("\(before) from earlier runs") }
        return parts.joined(separator: " · ")
    }

    /// Seconds as a person says them: "7 s", "3 min 20 s", "2 h 5 min".
    public static func duration(_ seconds: Double) -> String {
        let whole = Int(min(seconds, 1e9).rounded(.up))
        if whole < 60 { return "\(whole) s" }
        if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
        return "\(whole / 3600) h \(whole % 3600 / 60) min"
    }
}
