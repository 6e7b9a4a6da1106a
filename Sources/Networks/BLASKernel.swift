import COpenBLAS
import Foundation

/// Which of OpenBLAS's kernels runs, and which should.
///
/// OpenBLAS picks its kernels by CPU model when it is loaded. A model that is younger than the library gets kernels
/// for an older one: on AVX-512 machines that means AVX2 at half the speed. `OPENBLAS_CORETYPE` overrides the choice,
/// but only before loading, so the command sets it and starts itself anew (see `environmentForRestart`).
public enum BLASKernel {
    /// The variable that OpenBLAS reads while it is loaded.
    public static let variable = "OPENBLAS_CORETYPE"

    /// The kernels in use, by OpenBLAS's name for them: `SkylakeX`, `Zen`, `Haswell`, ….
    public static var name: String {
        openblas_get_corename().map { String(cString: $0) } ?? "unknown"
    }

    /// OpenBLAS's version and build options.
    public static var library: String {
        openblas_get_config().map { String(cString: $0).trimmingCharacters(in: .whitespaces) } ?? "OpenBLAS"
    }

    /// What to add to the environment before starting anew, or nil when the kernels in use are right or the user chose.
    ///
    /// One thread, too: that keeps OpenBLAS from starting a pool that Basin does not use.
    public static func environmentForRestart(
        current: [String: String] = ProcessInfo.processInfo.environment,
        processorFlags: Set<String> = processorFlags(),
        running: String = name
    ) -> [String: String]? {
        guard current[variable] == nil, let better = recommended(processorFlags: processorFlags, running: running)
        else { return nil }
        return [variable: better, "OPENBLAS_NUM_THREADS": "1"]
    }

    /// The kernels to ask for instead of `running`, or nil to leave the choice alone.
    static func recommended(processorFlags: Set<String>, running: String) -> String? {
        let needed: Set = ["avx512f", "avx512dq", "avx512bw", "avx512vl", "avx512cd"]
        let hasAVX512Kernels = ["SkylakeX", "Cooperlake", "SapphireRapids"]
        guard needed.isSubset(of: processorFlags), !hasAVX512Kernels.contains(running) else { return nil }
        return "SkylakeX"
    }

    /// The instruction-set flags that Linux reports, empty elsewhere.
    public static func processorFlags(in file: String = "/proc/cpuinfo") -> Set<String> {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("flags") })
        else { return [] }
        return Set(line.split(separator: " ").map(String.init))
    }

    /// Single-precision speed on one thread, in 10⁹ operations a second: the best of `repeats` products of two
    /// `size` x `size` matrices.
    public static func measuredGigaflops(size: Int = 768, repeats: Int = 8) -> Double {
        _ = BLAS.useOneThread
        let a = [Float](repeating: 0.5, count: size * size)
        var c = [Float](repeating: 0, count: size * size)
        let best = (0..<repeats).map { _ in
            let clock = ContinuousClock()
            return clock.measure {
                BLAS.multiply(
                    a, .no, leadingA: size, a, .no, leadingB: size, into: &c, leadingC: size, m: size, n: size, k: size)
            }
        }.min() ?? .seconds(1)
        let seconds = Double(best.components.seconds) + Double(best.components.attoseconds) * 1e-18
        return 2 * Double(size * size) * Double(size) / max(seconds, 1e-12) / 1e9
    }
}
