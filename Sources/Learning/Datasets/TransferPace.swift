import Foundation

/// How slow a transfer may become before it counts as lost.
struct TransferPace {
    /// Bytes a second that must come on average over each stretch of `timeout` seconds.
    static let leastSpeed = 1000.0

    private let timeout: TimeInterval
    private let clock = ContinuousClock()
    private var stretchEnd: ContinuousClock.Instant
    private var received = 0

    /// Starts the first stretch; connecting, redirections and the head of the answer must fit into it.
    init(timeout: TimeInterval) {
        self.timeout = timeout
        stretchEnd = clock.now + .seconds(timeout)
    }

    /// - Parameter bytes: those of the body so far.
    /// - Throws: `MirrorFailure.tooSlow`.
    mutating func require(_ bytes: Int) throws(MirrorFailure) {
        guard clock.now >= stretchEnd else { return }
        guard Double(bytes - received) >= Self.leastSpeed * timeout else {
            throw .tooSlow(bytes: bytes - received, seconds: timeout)
        }
        received = bytes
        stretchEnd = clock.now + .seconds(timeout)
    }

    /// From 1 to 1000.
    var millisecondsToNextLook: Int32 {
        let left = (stretchEnd - clock.now) / .milliseconds(1)
        return Int32(min(max(left.rounded(.up), 1), 1000))
    }
}
