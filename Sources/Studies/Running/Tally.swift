import Synchronization

/// Counts finished models, from any thread, and tells of each count before the next: who listens hears them in order.
final class Tally: Sendable {
    private struct Counts {
        var done = 0
        var failed = 0
        var accuracies = 0
        var accuracySum = 0.0
    }

    private let unit: String
    private let total: Int
    private let before: Int
    private let start = ContinuousClock.now
    private let counts = Mutex(Counts())
    private let tell: @Sendable (StudyProgress) -> Void

    init(unit: String, total: Int, before: Int, tell: @escaping @Sendable (StudyProgress) -> Void) {
        self.unit = unit
        self.total = total
        self.before = before
        self.tell = tell
    }

    var progress: StudyProgress { counts.withLock { describe($0) } }

    func count(accuracy: Double?, failed: Bool) {
        counts.withLock { counts in
            counts.done += 1
            if failed { counts.failed += 1 }
            if let accuracy {
                counts.accuracies += 1
                counts.accuracySum += accuracy
            }
            tell(describe(counts))
        }
    }

    private func describe(_ counts: Counts) -> StudyProgress {
        StudyProgress(
            unit: unit, total: total, done: counts.done, failed: counts.failed, before: before,
            seconds: (ContinuousClock.now - start) / .seconds(1),
            meanAccuracy: counts.accuracies > 0 ? counts.accuracySum / Double(counts.accuracies) : nil)
    }
}
