import Foundation
import Kernels
import Results
import Testing

@Suite struct ProvenanceTests {
    @Test("The processor's name is read out of /proc/cpuinfo's text")
    func cpuModel() {
        let text = """
            processor\t: 0
            vendor_id\t: GenuineIntel
            model\t\t: 143
            model name\t: Intel(R) Xeon(R): special

            processor\t: 1
            model name\t: Another
            """
        #expect(Provenance.cpuModel(ofProcInfo: text) == "Intel(R) Xeon(R): special")
        #expect(Provenance.cpuModel(ofProcInfo: "") == "unknown")
    }

    @Test("This machine's facts are there, and the caller's are passed on")
    func thisMachine() {
        let found = Provenance.ofThisMachine(
            basinVersion: "0.1", gitCommit: "abc", isGitDirty: true, blasLibrary: "OpenBLAS", blasKernel: "Haswell",
            datasetDigests: ["mnist/x": "00"])
        #expect(found.coreCount == ProcessInfo.processInfo.activeProcessorCount)
        #expect(!found.cpuModel.isEmpty && !found.operatingSystem.isEmpty)
        #expect(found.compiler.hasPrefix("Swift 6."))
        #expect(found.blasKernel == "Haswell" && found.gitCommit == "abc" && found.isGitDirty == true)
        #expect(found.datasetDigests == ["mnist/x": "00"])
        #expect(found.kernels == Kernels.current.set && found.fuses == Kernels.current.set.fuses)
        #if BASIN_NATIVE
            #expect(found.buildKind == .native)
        #else
            #expect(found.buildKind == .portable)
        #endif
    }

    @Test("Bits are those of OpenBLAS's kernels and of whether Basin's own fuse; before these were known, of the build")
    func arithmetic() {
        var (wide, narrow, plain) = (Provenance.example, Provenance.example, Provenance.example)
        (wide.kernels, narrow.kernels, plain.kernels) = (.avx512, .avx2, .sse2)
        narrow.buildKind = .portable
        #expect(wide.hasArithmetic(of: narrow) && !wide.hasArithmetic(of: plain))
        var (old, oldPortable) = (Provenance.example, Provenance.example)
        (old.kernels, oldPortable.kernels, oldPortable.buildKind) = (nil, nil, .portable)
        #expect(old.hasArithmetic(of: wide) && oldPortable.hasArithmetic(of: plain))
        narrow.blasKernel = "Another"
        #expect(!wide.hasArithmetic(of: narrow))
    }
}
