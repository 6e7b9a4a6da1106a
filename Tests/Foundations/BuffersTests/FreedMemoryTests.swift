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

    /// Four at a time: of one, malloc learns by itself to keep it. At many distances, as a thread's memory comes in
    /// heaps of 64 MiB that it shares with other tests' threads, and a heap that is left altogether is given back all
    /// the same: without `keep` every page is new at each of them.
    @Test("Arrays that come and go take the same pages again")
    func reused() {
        #expect(FreedMemory.keep())
        let pages = (2 << 20) / 4096
        func comeAndGo() -> Int {
            let arrays = (0..<4).map { _ in [UInt8](repeating: 1, count: pages * 4096) }
            return arrays.reduce(0) { $0 + Int($1[pages]) }
        }
        var (counts, spacers): ([Int], [UnsafeMutableRawPointer]) = ([], [])
        defer { for spacer in spacers { spacer.deallocate() } }
        while counts.count < 60, counts.last ?? .max >= 4 * pages {
            var sum = comeAndGo()
            let before = faults
            for _ in 0..<20 { sum += comeAndGo() }
            counts.append(faults - before)
            #expect(sum == 21 * 4)
            // Never touched, so that it takes no memory but a place.
            spacers.append(.allocate(byteCount: 11 << 20, alignment: 16))
        }
        #expect(counts.last ?? .max < 4 * pages, "\(counts) of \(20 * 4 * pages)")
    }
}
