// swift-tools-version: 6.1
import PackageDescription

// Five wings, each a folder of modules; a module imports from its own wing and from those above it, never from below.
// Within a wing modules point one way too: each may import those listed before it.
// `scripts/module-graph` draws and checks this from the import lines.

/// A folder of modules under Sources/ and of their tests under Tests/.
enum Wing: String {
    case foundations = "Foundations"
    case learning = "Learning"
    case studies = "Studies"
    case judging = "Judging"
    case showing = "Showing"

    /// - Parameter embedded: files that become part of the program, as `PackageResources`.
    func module(
        _ name: String, _ dependencies: [Target.Dependency] = [], embedded: [String] = [],
        plugins: [Target.PluginUsage] = []
    ) -> Target {
        .target(
            name: name, dependencies: dependencies, path: "Sources/\(rawValue)/\(name)", exclude: ["README.md"],
            resources: embedded.map { .embedInCode($0) }, plugins: plugins)
    }

    func tests(_ name: String, _ dependencies: [Target.Dependency] = [], fixtures: Bool = false) -> Target {
        .testTarget(
            name: "\(name)Tests", dependencies: [.init(stringLiteral: name)] + dependencies,
            path: "Tests/\(rawValue)/\(name)Tests", resources: fixtures ? [.copy("Fixtures")] : [])
    }
}

func systemLibrary(_ name: String, debian package: String? = nil) -> Target {
    .systemLibrary(
        name: name, path: "Sources/SystemLibraries/\(name)", providers: package.map { [.apt([$0])] } ?? [])
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "basin",
    products: [
        .executable(name: "basin", targets: ["basin"]),
        // libbasin_sqlite.so: SQLite finds its entry point by this name.
        .library(name: "basin_sqlite", type: .dynamic, targets: ["SQLExtension"]),
        .library(
            name: "Basin",
            targets: [
                "Version", "Parameters", "Randomness", "Datasets", "LinearAlgebra", "Networks", "WeightFiles",
                "Training", "Measures", "TheoryLabs", "Definitions", "StudyFiles", "Results", "Running", "Simulation",
                "Statistics", "SQLFunctions", "Analysis", "Recording", "Typography", "Plots", "Reports",
            ]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: [
        // Each is wrapped in one module: libcrypto and xxHash in Digests, OpenBLAS in LinearAlgebra, zlib and
        // libcurl in Datasets, GSL in Statistics; SQLite in Results through GRDB, while SQLFunctions calls what SQLite
        // loads it.
        systemLibrary("CAllocator"),
        systemLibrary("CCrypto", debian: "libssl-dev"),
        systemLibrary("CCURL", debian: "libcurl4-openssl-dev"),
        systemLibrary("CGSL", debian: "libgsl-dev"),
        systemLibrary("COpenBLAS", debian: "libopenblas-dev"),
        systemLibrary("CProcessor"),
        systemLibrary("CSQLiteExtension", debian: "libsqlite3-dev"),
        systemLibrary("CXXHash", debian: "libxxhash-dev"),
        systemLibrary("CZlib", debian: "zlib1g-dev"),

        // Asks git for the commit of the sources on every build.
        .plugin(name: "EmbedCommit", capability: .buildTool()),

        Wing.foundations.module("Version", plugins: ["EmbedCommit"]),
        Wing.foundations.module("Diagnostics"),
        Wing.foundations.module("Digests", ["CCrypto", "CXXHash"]),
        Wing.foundations.module("Buffers", ["CAllocator"]),
        Wing.foundations.module("Parameters", ["Diagnostics"]),
        Wing.foundations.module("Documents", ["Diagnostics", yams]),
        // Our own, in C, for each instruction set. What calls its loops depends on it directly: a changed header builds
        // that anew.
        .target(name: "CKernels", path: "Sources/Foundations/CKernels", exclude: ["README.md"]),
        Wing.foundations.module("Kernels", ["CKernels"]),
        Wing.foundations.module("Randomness", ["CKernels", "Kernels"]),
        Wing.foundations.module("LinearAlgebra", ["COpenBLAS"]),
        Wing.foundations.module("Statistics", ["Buffers", "CKernels", "Kernels", "CGSL"]),
        Wing.foundations.module("Typography"),

        Wing.learning.module("Datasets", ["Diagnostics", "Digests", "Documents", "CCURL", "CZlib"]),
        Wing.learning.module(
            "Networks",
            [
                "Diagnostics", "Buffers", "CKernels", "Kernels", "Parameters", "Randomness", "LinearAlgebra",
            ]),
        Wing.learning.module("WeightFiles", ["Diagnostics", "Datasets", "Networks"]),
        Wing.learning.module(
            "Training",
            [
                "Diagnostics", "Buffers", "Parameters", "Randomness", "LinearAlgebra", "Networks", "CProcessor",
            ]),
        Wing.learning.module(
            "Measures",
            [
                "Diagnostics", "Buffers", "CKernels", "Kernels", "Parameters", "Randomness", "LinearAlgebra",
                "Networks",
            ]),
        Wing.learning.module(
            "TheoryLabs", ["Diagnostics", "Parameters", "Randomness", "LinearAlgebra", "Networks", "Measures"]),

        Wing.studies.module(
            "Definitions",
            [
                "Diagnostics", "Digests", "Parameters", "Randomness", "Statistics", "Datasets", "Networks",
                "WeightFiles", "Training", "Measures", "TheoryLabs",
            ]),
        Wing.studies.module(
            "StudyFiles",
            [
                "Diagnostics", "Digests", "Parameters", "Documents", "Randomness", "Datasets", "Networks",
                "WeightFiles", "Training", "Measures", "TheoryLabs", "Definitions",
            ]),
        Wing.studies.module(
            "Results", ["Diagnostics", "Digests", "Kernels", "Measures", "Definitions", grdb, grdbSQLite]),
        Wing.studies.module(
            "Running",
            [
                "Diagnostics", "Digests", "Parameters", "Datasets", "Measures", "Definitions", "StudyFiles", "Results",
                logging,
            ]),
        Wing.studies.module(
            "Simulation",
            [
                "Diagnostics", "Digests", "Parameters", "Randomness", "Statistics", "Measures", "Definitions",
                "Results",
            ]),

        Wing.judging.module("SQLFunctions", ["Statistics", "CSQLiteExtension"]),
        .target(
            name: "SQLExtension", dependencies: ["SQLFunctions"], path: "Sources/Judging/SQLExtension",
            exclude: ["README.md"],
            // With the Swift runtime inside, the library loads anywhere; its symbols stay its own, whatever the host
            // has.
            linkerSettings: [
                .unsafeFlags([
                    "-static-stdlib", "-Xlinker", "-Bsymbolic", "-Xlinker", "--exclude-libs", "-Xlinker", "ALL",
                ])
            ]),

        Wing.judging.module(
            "Analysis",
            [
                "Diagnostics", "Digests", "Parameters", "Statistics", "Measures",
                "TheoryLabs", "Definitions", "Results", "Simulation",
            ]),
        Wing.judging.module(
            "Recording", ["Diagnostics", "Statistics", "Typography", "Definitions", "Results", "Analysis"]),

        Wing.showing.module("Plots", ["Diagnostics", "Typography"]),
        Wing.showing.module(
            "Reports",
            [
                "Diagnostics", "Parameters", "Statistics", "Typography", "Measures", "TheoryLabs", "Definitions",
                "StudyFiles", "Results", "Analysis", "Recording", "Plots",
            ], embedded: ["Renderers/Page/report.css", "Renderers/Page/report.js"]),

        .executableTarget(
            name: "basin",
            dependencies: [
                "Version", "Diagnostics", "Digests", "Buffers", "Parameters", "Kernels", "Typography", "Datasets",
                "LinearAlgebra", "Measures",
                "TheoryLabs", "Statistics", "SQLFunctions", "Definitions", "StudyFiles", "Results", "Running",
                "Simulation", "Analysis", "Recording", "Reports", argumentParser, logging,
            ],
            exclude: ["README.md"]),

        Wing.foundations.tests("Version", ["TestSupport"]),
        Wing.foundations.tests("Diagnostics"),
        Wing.foundations.tests("Digests"),
        Wing.foundations.tests("Buffers"),
        Wing.foundations.tests("Parameters", ["Digests"]),
        Wing.foundations.tests("Documents", ["TestSupport"]),
        Wing.foundations.tests("Kernels", ["CKernels"]),
        Wing.foundations.tests("Randomness", ["CKernels", "Digests", "Kernels"], fixtures: true),
        Wing.foundations.tests("LinearAlgebra", ["Randomness"]),
        Wing.foundations.tests("Statistics", fixtures: true),
        Wing.foundations.tests("Typography"),
        Wing.learning.tests("Datasets", ["Diagnostics", "Documents"], fixtures: true),
        Wing.learning.tests(
            "Networks", ["Digests", "Kernels", "LinearAlgebra", "Randomness"], fixtures: true),
        Wing.learning.tests("WeightFiles", ["Networks"], fixtures: true),
        Wing.learning.tests("Training", ["Kernels", "Networks", "Parameters", "Randomness"], fixtures: true),
        Wing.learning.tests("Measures", ["LinearAlgebra", "Networks", "Parameters", "Randomness"], fixtures: true),
        Wing.learning.tests("TheoryLabs", ["LinearAlgebra", "Measures", "Networks", "Parameters", "Randomness"]),
        Wing.judging.tests("SQLFunctions", ["Statistics", grdbSQLite]),
        Wing.studies.tests(
            "Results", ["Diagnostics", "Kernels", "Measures", "Definitions", "SQLFunctions", grdb], fixtures: true),
        .target(
            name: "TestSupport", dependencies: ["Datasets", "Definitions", "Documents", "Randomness", "StudyFiles"],
            path: "Tests/TestSupport"),
        Wing.studies.tests("Definitions", ["Parameters", "StudyFiles", "TestSupport", "Training"]),
        Wing.studies.tests(
            "StudyFiles",
            [
                "Definitions", "Digests", "Documents", "Measures", "Networks", "Parameters", "Randomness",
                "TestSupport", "TheoryLabs", "Training",
            ]),
        Wing.studies.tests(
            "Running",
            [
                "Analysis", "Definitions", "Recording", "StudyFiles", "Datasets", "Documents", "Measures", "Networks",
                "Randomness", "Results", "TestSupport", "TheoryLabs", "Training", "WeightFiles", grdb,
            ]),
        Wing.studies.tests("Simulation", ["Definitions", "Results", "Statistics", "TestSupport"]),
        // Studies in a results file whose networks were never trained, for the tests of what judges and shows them.
        .target(
            name: "SyntheticStudies",
            dependencies: ["Definitions", "Measures", "Results", "Analysis", "Recording", "TestSupport"],
            path: "Tests/SyntheticStudies"),
        Wing.judging.tests(
            "Analysis",
            ["Statistics", "Definitions", "Measures", "Results", "Simulation", "SyntheticStudies", "TestSupport"]),
        Wing.judging.tests(
            "Recording", ["Parameters", "Statistics", "Definitions", "Results", "Analysis", "SyntheticStudies"]),
        Wing.showing.tests("Plots", ["TestSupport"]),
        Wing.showing.tests(
            "Reports",
            [
                "Analysis", "Definitions", "Diagnostics", "Measures", "Plots", "Recording", "Results", "Statistics",
                "SyntheticStudies", "TestSupport", "Typography",
            ], fixtures: true),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "basin", "Version", "Analysis", "Datasets", "Definitions", "Measures", "Reports", "Results",
                "SQLFunctions", "Statistics", "TestSupport", grdb,
            ]),
    ],
    swiftLanguageModes: [.v6]
)
