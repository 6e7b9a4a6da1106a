// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that building Basin needs none of the benchmark library. That library finds targets whose
// folder lies in a folder named Benchmarks. `traits: []` leaves out its memory counters, which need further packages.
let package = Package(
    name: "basin-benchmarks",
    dependencies: [
        .package(name: "basin", path: ".."),
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    ],
    targets: [
        .executableTarget(
            name: "Micro",
            dependencies: [
                .product(name: "Basin", package: "basin"),
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Micro",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
    ],
    swiftLanguageModes: [.v6]
)
