import Foundation

/// What a run may be asked for besides its study. None of it changes a result.
public struct RunOptions: Sendable, Equatable {
    /// Networks at a time.
    public var jobs: Int
    /// Work on at most so many networks.
    public var limit: Int?
    /// Work on the positions p with p mod `count` = `index` - 1 only.
    public var shard: Shard?
    /// Take these measures instead of the study's: columns of the study, or ids of the catalogue with their defaults.
    public var measures: [String]?
    public var discardWeights: Bool
    /// Train those again that failed.
    public var retryFailed: Bool
    /// Training time between two checkpoints of a network, in seconds.
    public var checkpointInterval: Double

    public struct Shard: Sendable, Equatable {
        public let index: Int
        public let count: Int

        /// Nil unless 1 <= `index` <= `count`.
        public init?(index: Int, count: Int) {
            guard index >= 1, index <= count else { return nil }
            self.index = index
            self.count = count
        }
    }

    public init(
        jobs: Int = ProcessInfo.processInfo.activeProcessorCount, limit: Int? = nil, shard: Shard? = nil,
        measures: [String]? = nil, discardWeights: Bool = false, retryFailed: Bool = false,
        checkpointInterval: Double = 60
    ) {
        precondition(jobs > 0)
        self.jobs = jobs
        self.limit = limit
        self.shard = shard
        self.measures = measures
        self.discardWeights = discardWeights
        self.retryFailed = retryFailed
        self.checkpointInterval = checkpointInterval
    }

    /// As the results file keeps them.
    var described: [String: String] {
        var text = ["discard_weights": String(discardWeights)]
        if let limit { text["limit"] = String(limit) }
        if let shard { text["shard"] = "\(shard.index)/\(shard.count)" }
        if retryFailed { text["retry_failed"] = "true" }
        if let measures { text["measures"] = measures.joined(separator: ",") }
        return text
    }
}
