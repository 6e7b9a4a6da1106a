import Foundation
import Kernels

/// What made a run: enough to say why two machines' last bits differ, and to make the same again.
public struct Provenance: Sendable, Equatable {
    /// Whether the build uses all instructions of its machine or those of any x86-64.
    public enum BuildKind: String, Sendable, CaseIterable {
        case native, portable
    }

    public var basinVersion: String
    /// The source's commit, and whether the source was changed since; nil outside a git checkout.
    public var gitCommit: String?
    public var isGitDirty: Bool?
    public var cpuModel: String
    public var coreCount: Int
    public var operatingSystem: String
    public var blasLibrary: String
    /// The kernel that the library chose or was told: "SkylakeX", "Haswell".
    public var blasKernel: String
    /// The instruction set of Basin's own kernels; nil in files of before they were chosen.
    public var kernels: Kernels.Set?
    public var buildKind: BuildKind
    public var compiler: String
    /// SHA-256 of each data file that the run read, by "dataset/file".
    public var datasetDigests: [String: String]

    public init(
        basinVersion: String, gitCommit: String?, isGitDirty: Bool?, cpuModel: String, coreCount: Int,
        operatingSystem: String, blasLibrary: String, blasKernel: String, kernels: Kernels.Set? = nil,
        buildKind: BuildKind, compiler: String, datasetDigests: [String: String]
    ) {
        self.basinVersion = basinVersion
        self.gitCommit = gitCommit
        self.isGitDirty = isGitDirty
        self.cpuModel = cpuModel
        self.coreCount = coreCount
        self.operatingSystem = operatingSystem
        self.blasLibrary = blasLibrary
        self.blasKernel = blasKernel
        self.kernels = kernels
        self.buildKind = buildKind
        self.compiler = compiler
        self.datasetDigests = datasetDigests
    }

    /// The facts of this machine and this build, completed with what only the caller knows.
    public static func ofThisMachine(
        basinVersion: String, gitCommit: String? = nil, isGitDirty: Bool? = nil, blasLibrary: String,
        blasKernel: String,
        datasetDigests: [String: String] = [:]
    ) -> Provenance {
        Provenance(
            basinVersion: basinVersion, gitCommit: gitCommit, isGitDirty: isGitDirty,
            cpuModel: cpuModel(ofProcInfo: (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""),
            coreCount: ProcessInfo.processInfo.activeProcessorCount,
            operatingSystem: ProcessInfo.processInfo.operatingSystemVersionString,
            blasLibrary: blasLibrary, blasKernel: blasKernel, kernels: Kernels.current.set,
            buildKind: thisBuildKind, compiler: thisCompiler,
            datasetDigests: datasetDigests)
    }

    /// Whether Basin's own kernels round a product and a sum once together; before they were chosen, native builds did.
    public var fuses: Bool { kernels?.fuses ?? (buildKind == .native) }

    /// Whether the same study gives the same bits.
    public func hasArithmetic(of other: Provenance) -> Bool { arithmetic == other.arithmetic }

    /// What last bits hang on: OpenBLAS's kernels, and whether Basin's own fuse.
    public var arithmetic: String { "\(blasKernel), \(fuses ? "fused" : "not fused")" }

    /// The first processor's name in the text of `/proc/cpuinfo`, "unknown" where it has none.
    public static func cpuModel(ofProcInfo text: String) -> String {
        for line in text.split(separator: "\n") where line.hasPrefix("model name") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            return line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        }
        return "unknown"
    }

    public static var thisBuildKind: BuildKind {
        #if BASIN_NATIVE
            .native
        #else
            .portable
        #endif
    }

    /// A program cannot ask which compiler made it; conditional compilation tells the version to the minor number.
    public static var thisCompiler: String {
        #if compiler(>=6.5)
            "Swift 6.5 or later"
        #elseif compiler(>=6.4)
            "Swift 6.4"
        #elseif compiler(>=6.3)
            "Swift 6.3"
        #elseif compiler(>=6.2)
            "Swift 6.2"
        #else
            "Swift 6.1"
        #endif
    }
}
