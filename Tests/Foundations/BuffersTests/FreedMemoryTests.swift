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

    @Test("Arrays that come and go take the same pages again")
    func reused() {
        #expect(FreedMemory.keep())
        let pages = (8 << 20) / 4096
        func comeAndGo() -> Int { [UInt8](repeating: 1, count: pages * 4096).withUnsafeBytes { Int($0[pages]) } }
        var sum = comeAndGo()
        let before = faults
        for _ in 0..<20 { sum += comeAndGo() }
        #expect(sum == 21)
        #expect(faults - before < 2 * pages)
    }
}
