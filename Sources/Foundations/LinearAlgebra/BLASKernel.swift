import COpenBLAS
import Foundation

/// Which of OpenBLAS's kernels runs, and which should.
///
/// OpenBLAS picks its kernels by CPU model when it is loaded. A model that is younger than the library gets kernels
/// for an older one: on AVX-512 machines that means AVX2 at half the speed. `OPENBLAS_CORETYPE` overrides the choice,
/// but only before loading, so the command sets it and starts itself anew (see `environmentForRestart`).
///
/// Last bits of results depend on the kernels, so Basin chooses by the machine alone: an `OPENBLAS_CORETYPE` that
/// happens to be in the environment does not count on AVX-512 machines. `BASIN_BLAS_KERNEL` does, everywhere.
public enum BLASKernel {
    /// The variable that OpenBLAS reads while it is loaded.
    public static let variable = "OPENBLAS_CORETYPE"
    /// The variable by which a user chooses the kernels that Basin runs on.
    public static let choiceVariable = "BASIN_BLAS_KERNEL"

    /// The kernels in use, by OpenBLAS's name for them: `SkylakeX`, `Zen`, `Haswell`, ….
    public static var name: String {
        openblas_get_corename().map { String(cString: $0) } ?? "unknown"
    }

    /// OpenBLAS's version and build options.
    public static var library: String {
        openblas_get_config().map { String(cString: $0).trimmingCharacters(in: .whitespaces) } ?? "OpenBLAS"
    }

    /// What to add to the environment before starting anew, or nil when the kernels in use are right or no others are
    /// to be had.
    ///
    /// One thread, too: that keeps OpenBLAS from starting a pool that Basin does not use.
    public static func environmentForRestart(
        current: [String: String] = ProcessInfo.processInfo.environment,
        processorFlags: Set<String> = processorFlags(),
        running: String = name
    ) -> [String: String]? {
        let wanted: String
        if let chosen = current[choiceVariable], !chosen.isEmpty {
            guard running.lowercased() != chosen.lowercased() else { return nil }
            wanted = chosen
        } else {
            guard hasAVX512(processorFlags), running != avx512Kernel else { return nil }
            wanted = avx512Kernel
        }
        // Asked for already: starting anew once more would change nothing.
        guard current[variable] != wanted else { return nil }
        return [variable: wanted, "OPENBLAS_NUM_THREADS": "1"]
    }

    /// They run on every AVX-512 machine; younger ones add nothing to float32 and float64.
    private static let avx512Kernel = "SkylakeX"

    /// Whether the processor has all parts of AVX-512 that the kernels use.
    public static func hasAVX512(_ processorFlags: Set<String>) -> Bool {
        processorFlags.isSuperset(of: ["avx512f", "avx512dq", "avx512bw", "avx512vl", "avx512cd"])
    }

    /// The instruction-set flags that Linux reports, empty elsewhere.
    public static func processorFlags(in file: String = "/proc/cpuinfo") -> Set<String> {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("flags") })
        else { return [] }
        return Set(line.split(separator: " ").map(String.init))
    }

    /// Speed on one thread in single precision, or in double, in 10⁹ operations a second: the best of `repeats`
    /// products of two `size` x `size` matrices.
    public static func measuredGigaflops(inDouble isDouble: Bool = false, size: Int = 768, repeats: Int = 8) -> Double {
        _ = BLAS.useOneThread
        let (single, double) = (
            [Float](repeating: 0.5, count: size * size), [Double](repeating: 0.5, count: size * size)
        )
        var (singles, doubles) = (single, double)
        let clock = ContinuousClock()
        let best =
            (0..<repeats).map { _ in
                clock.measure {
                    if isDouble {
                        BLAS.multiply(
                            double, .no, leadingA: size, double, .no, leadingB: size, into: &doubles, leadingC: size,
                            m: size, n: size, k: size)
                    } else {
                        BLAS.multiply(
                            single, .no, leadingA: size, single, .no, leadingB: size, into: &singles, leadingC: size,
                            m: size, n: size, k: size)
                    }
                }
            }.min() ?? .seconds(1)
        let seconds = Double(best.components.seconds) + Double(best.components.attoseconds) * 1e-18
        return 2 * Double(size * size) * Double(size) / max(seconds, 1e-12) / 1e9
    }
}
