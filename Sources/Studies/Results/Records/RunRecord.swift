import Foundation

/// How a run ended. A run that was killed stays `running` until another run finds it dead and calls it `interrupted`.
public enum RunOutcome: String, Sendable, CaseIterable {
    case running, finished, interrupted, failed
}

/// One invocation of the program on one study: a row of `run`.
public struct RunRecord: Sendable, Equatable, Identifiable {
    public typealias ID = RowID<RunRecord>

    public let id: ID
    public let studyID: StudyRecord.ID
    public let startedAt: Date
    public let endedAt: Date?
    public let outcome: RunOutcome
    /// Networks trained at a time.
    public let jobs: Int
    /// The options that the run was asked for, by their command-line names.
    public let options: [String: String]
    public let provenance: Provenance
    /// The process that does the work; nil in files of schema 1.
    public let process: ProcessIdentity?
    /// When that process last said that it is at work.
    public let heartbeatAt: Date?
}
