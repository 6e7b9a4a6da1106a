import Buffers
import Foundation
import Testing

@Suite struct FreedMemoryTests {
    /// New pages that this thread was given so far.
    private var faults: Int {
        var usage = rusage()
        // RUSAGE_THREAD, which Glibc's module leaves out.
        getrusage(1, &usage)
        return usage.ru_minflt
    }

    /// Four at a time: of one, malloc learns by itself to keep it. At five distances, as a thread's memory comes in
    /// heaps of 64 MiB, and one that is left altogether is given back all the same.
    @Test("Arrays that come and go take the same pages again")
    func reused() {
        #expect(FreedMemory.keep())
        let pages = (2 << 20) / 4096
        func comeAndGo() -> Int {
            let arrays = (0..<4).map { _ in [UInt8](repeating: 1, count: pages * 4096) }
            return arrays.reduce(0) { $0 + Int($1[pages]) }
        }
        var (sum, spacers): (Int, [[UInt8]]) = (0, [])
        let counts = (0..<5).map { _ in
            sum += comeAndGo()
            let before = faults
            for _ in 0..<20 { sum += comeAndGo() }
            let taken = faults - before
            spacers.append([UInt8](repeating: 1, count: 11 << 20))
            return taken
        }
        #expect(sum == 5 * 21 * 4 && spacers.count == 5)
        #expect(counts.min() ?? .max < 4 * pages, "\(counts) of \(20 * 4 * pages)")
    }
}
