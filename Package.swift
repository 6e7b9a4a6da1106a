// swift-tools-version: 6.1
import PackageDescription

// Modules point one way: each may import those listed before it, never one after it.
// C libraries are reached through exactly one module each: zlib through Datasets, OpenBLAS through LinearAlgebra,
// GSL through Statistics, SQLite through GRDB in Results (SQLFunctions calls whatever SQLite loads it), libyaml through
// Yams in Documents.

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, exclude: ["README.md"])
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], fixtures: Bool = false) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.init(stringLiteral: name)] + dependencies,
        resources: fixtures ? [.copy("Fixtures")] : [])
}

let package = Package(
    name: "basin",
    products: [
        .executable(name: "basin", targets: ["basin"]),
        // libbasin_sqlite.so: SQLite finds its entry point by this name.
        .library(name: "basin_sqlite", type: .dynamic, targets: ["SQLExtension"]),
        .library(
            name: "Basin",
            targets: [
                "Randomness", "Datasets", "LinearAlgebra", "Networks", "Training", "Measures", "TheoryLabs",
                "Statistics",
                "SQLFunctions", "Results", "Studies", "Simulation", "Reports",
            ]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CGSL", path: "Sources/SystemLibraries/CGSL", providers: [.apt(["libgsl-dev"])]),
        .systemLibrary(
            name: "COpenBLAS", path: "Sources/SystemLibraries/COpenBLAS", providers: [.apt(["libopenblas-dev"])]),
        .systemLibrary(
            name: "CPrefetch", path: "Sources/SystemLibraries/CPrefetch"),
        .systemLibrary(
            name: "CSQLiteExtension", path: "Sources/SystemLibraries/CSQLiteExtension",
            providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(
            name: "CZlib", path: "Sources/SystemLibraries/CZlib", providers: [.apt(["zlib1g-dev"])]),

        module("Diagnostics"),
        module("Documents", ["Diagnostics", .product(name: "Yams", package: "Yams")]),
        module("Randomness", ["Diagnostics"]),
        module(
            "Datasets",
            [
                "Diagnostics", "Documents", "Randomness", "CZlib",
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        module("LinearAlgebra", ["COpenBLAS"]),
        module("Networks", ["Diagnostics", "Randomness", "LinearAlgebra"]),
        module("Training", ["Diagnostics", "Randomness", "LinearAlgebra", "Networks", "CPrefetch"]),
        module("Measures", ["Diagnostics", "Randomness", "LinearAlgebra", "Networks"]),
        module("TheoryLabs", ["Diagnostics", "Randomness", "LinearAlgebra", "Networks", "Measures"]),
        module("Statistics", ["CGSL"]),
        module("SQLFunctions", ["Statistics", "CSQLiteExtension"]),
        .target(
            name: "SQLExtension", dependencies: ["SQLFunctions"], exclude: ["README.md"],
            // With the Swift runtime inside, the library loads anywhere; its symbols stay its own, whatever the host
            // has.
            linkerSettings: [
                .unsafeFlags([
                    "-static-stdlib", "-Xlinker", "-Bsymbolic", "-Xlinker", "--exclude-libs", "-Xlinker", "ALL",
                ])
            ]),
        module(
            "Results",
            [
                "Diagnostics", "SQLFunctions",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
        module(
            "Studies",
            [
                "Diagnostics", "Documents", "Randomness", "Datasets", "Networks", "Training", "Measures", "TheoryLabs",
                "Results",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        module(
            "Simulation",
            [
                "Diagnostics", "Randomness", "Measures", "Statistics", "Results",
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        module("Reports", ["Diagnostics", "Measures", "TheoryLabs", "Statistics", "Results"]),
        .executableTarget(
            name: "basin",
            dependencies: [
                "Diagnostics", "Datasets", "LinearAlgebra", "Measures", "TheoryLabs", "Statistics", "SQLFunctions",
                "Results",
                "Studies", "Simulation", "Reports",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            exclude: ["README.md"]),

        tests("Diagnostics"),
        tests("Documents"),
        tests("Randomness", [.product(name: "Crypto", package: "swift-crypto")], fixtures: true),
        tests("Datasets", ["Documents"], fixtures: true),
        tests("LinearAlgebra", ["Randomness"]),
        tests("Networks", ["Randomness", .product(name: "Crypto", package: "swift-crypto")], fixtures: true),
        tests("Training", ["Networks", "Randomness"]),
        tests("Measures", ["LinearAlgebra", "Networks", "Randomness"], fixtures: true),
        tests("TheoryLabs", ["LinearAlgebra", "Measures", "Networks", "Randomness"]),
        tests("Statistics", fixtures: true),
        tests("SQLFunctions", ["Statistics", .product(name: "GRDBSQLite", package: "GRDB.swift")]),
        tests("Results", ["Diagnostics", .product(name: "GRDB", package: "GRDB.swift")], fixtures: true),
        .target(name: "TestSupport", dependencies: ["Datasets", "Randomness"], path: "Tests/TestSupport"),
        tests(
            "Studies",
            [
                "Datasets", "Documents", "Measures", "Randomness", "Results", "TestSupport", "TheoryLabs", "Training",
            ]),
        tests("Simulation", ["Results", "Statistics", "TestSupport"]),
        tests("Reports", ["Measures", "Results", "Statistics", "TestSupport"]),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "basin", "Datasets", "Reports", "Results", "SQLFunctions", "Statistics", "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
