import Dispatch

/// Threads for long computations, so that they do not occupy the few threads on which Swift runs all other tasks.
final class WorkerThreads: TaskExecutor {
    private let queue = DispatchQueue(label: "basin.workers", attributes: .concurrent)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
