import Foundation

/// A thread of its own for each long computation.
///
/// Neither Swift's few threads nor Dispatch's are occupied: on both, as many computations as cores would keep
/// everything else waiting, Ctrl-C included.
final class WorkerThreads: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        Thread.detachNewThread { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
