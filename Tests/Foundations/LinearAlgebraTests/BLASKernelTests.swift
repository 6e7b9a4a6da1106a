import Foundation
import LinearAlgebra
import Testing

@Suite struct BLASKernelTests {
    private let withAVX512: Set = ["fma", "avx2", "avx512f", "avx512dq", "avx512bw", "avx512vl", "avx512cd"]

    private func restart(
        _ environment: [String: String] = [:], flags: Set<String>, running: String
    ) -> [String: String]? {
        BLASKernel.environmentForRestart(current: environment, processorFlags: flags, running: running)
    }

    @Test(
        "AVX2 kernels on an AVX-512 machine are a reason to start anew, on one thread",
        arguments: [
            "Zen", "Haswell", "Prescott", "Cooperlake",
        ])
    func better(running: String) {
        #expect(
            restart(["PATH": "/bin"], flags: withAVX512, running: running)
                == ["OPENBLAS_CORETYPE": "SkylakeX", "OPENBLAS_NUM_THREADS": "1"])
    }

    @Test("The wanted kernels are left alone")
    func alreadyRight() {
        #expect(restart(flags: withAVX512, running: "SkylakeX") == nil)
    }

    @Test(
        "A machine that lacks any part of AVX-512 keeps its kernels",
        arguments: [
            "avx512f", "avx512dq", "avx512bw", "avx512vl", "avx512cd",
        ])
    func lacking(flag: String) {
        #expect(restart(flags: withAVX512.subtracting([flag]), running: "Zen") == nil)
        #expect(restart(flags: [], running: "Zen") == nil)
    }

    @Test(
        "A choice for other programs does not count on an AVX-512 machine, so that results depend on the machine alone")
    func ambient() {
        #expect(
            restart(["OPENBLAS_CORETYPE": "Haswell"], flags: withAVX512, running: "Haswell")?["OPENBLAS_CORETYPE"]
                == "SkylakeX")
        #expect(restart(["OPENBLAS_CORETYPE": "Haswell"], flags: ["avx2"], running: "Haswell") == nil)
    }

    @Test("The user's own choice counts everywhere, even a poor one")
    func chosen() {
        #expect(
            restart(["BASIN_BLAS_KERNEL": "Haswell"], flags: withAVX512, running: "SkylakeX")?["OPENBLAS_CORETYPE"]
                == "Haswell")
        #expect(restart(["BASIN_BLAS_KERNEL": "haswell"], flags: withAVX512, running: "Haswell") == nil)
    }

    @Test("A restart that changed nothing is not tried again")
    func once() {
        let environment = restart(flags: withAVX512, running: "Zen") ?? [:]
        #expect(restart(environment, flags: withAVX512, running: "Zen") == nil)
        #expect(
            restart(
                ["BASIN_BLAS_KERNEL": "NoSuch", "OPENBLAS_CORETYPE": "NoSuch"], flags: withAVX512, running: "Zen")
                == nil)
    }

    @Test("Flags are read from the first processor of a Linux cpuinfo file; without one there are none")
    func flags() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "cpuinfo-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("processor\t: 0\nflags\t\t: fpu avx2 fma\nbugs\t\t: none\nflags\t\t: other\n".utf8).write(to: file)
        let flags = BLASKernel.processorFlags(in: file.path)
        #expect(flags.isSuperset(of: ["fpu", "avx2", "fma"]))
        #expect(flags.isDisjoint(with: ["none", "other"]))
        #expect(BLASKernel.processorFlags(in: file.path + ".missing").isEmpty)
    }

    @Test("The library names its kernels and its version")
    func names() {
        #expect(!BLASKernel.name.isEmpty)
        #expect(BLASKernel.library.contains("OpenBLAS"))
    }
}
