import CKernels
import Glibc

/// The loops in which studies spend their time, for one instruction set.
///
/// Chosen as the program starts, as OpenBLAS chooses its own. Sets that fuse products and sums give the same bits;
/// `sse2` and the others may differ in the last ones.
public struct Kernels: @unchecked Sendable {
    /// Instruction sets, the fastest first.
    public enum Set: String, Sendable, CaseIterable {
        case avx512, avx2, sse2, neon

        /// Whether a product and a sum are rounded once together: sets that do so give the same bits.
        public var fuses: Bool { self != .sse2 }

        /// Whether this processor, and this build, have it.
        public var isAvailable: Bool { Kernels(self) != nil }
    }

    /// The variable by which a user chooses a set.
    public static let choiceVariable = "BASIN_KERNEL"

    public let set: Set
    /// Constant functions of C; nothing changes them.
    package let loops: basin_kernels

    /// - Returns: nil where the processor or the build lacks the set.
    public init?(_ set: Set) {
        guard let found = basin_kernels_named(set.rawValue) else { return nil }
        self.set = set
        loops = found.pointee
    }

    /// The sets that this machine can run, the fastest first.
    public static let available: [Kernels] = Set.allCases.compactMap { Kernels($0) }

    /// Those in use: what `BASIN_KERNEL` names, if the machine has it, and the fastest otherwise.
    public static let current: Kernels = {
        let chosen = getenv(choiceVariable).flatMap { Set(rawValue: String(cString: $0)) }.flatMap { Kernels($0) }
        // Each processor that Swift runs on has one of them.
        return chosen ?? available[0]
    }()

    /// What is wrong with the choice in an environment, as a sentence; nil where nothing is.
    public static func objection(in environment: [String: String]) -> String? {
        guard let name = environment[choiceVariable], !name.isEmpty else { return nil }
        if let set = Set(rawValue: name), set.isAvailable { return nil }
        let names = available.map(\.set.rawValue).joined(separator: ", ")
        return
            "\(choiceVariable) is '\(name)', and this machine has \(names); unset it for \(available[0].set.rawValue)"
    }
}
