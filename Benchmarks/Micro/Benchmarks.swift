import Benchmark
import Foundation
import Measures
import Networks
import Randomness
import Statistics
import Training

// The benchmark library calls this once, before anything is measured. Nothing here reads a data set.
let benchmarks: @Sendable () -> Void = {
    restartWithBetterKernels()
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .cpuTotal], timeUnits: .microseconds, warmupIterations: 3, maxDuration: .seconds(5),
        maxIterations: 1000)

    let material = Material()

    Benchmark("Training: 10 epochs of 250 points") { benchmark in
        var network = material.fresh
        var order = Material.epochOrder
        let recipe = Recipe(learningRate: 0.1, batchSize: 64, maximumEpochs: 10)
        benchmark.startMeasurement()
        blackHole(try network.train(on: material.training, recipe: recipe, order: &order))
    }

    Benchmark("Forward pass: 10,000 images") { _ in
        blackHole(material.trained.featuresAndLogits(of: material.test))
    }

    Benchmark("Pair proxy: 1,000 pairs") { _ in
        blackHole(PairProxy(options: MeasureOptions()).evaluate(material.subject()))
    }

    Benchmark("Hessian trace: exact") { _ in
        blackHole(HessianTrace(options: MeasureOptions()).evaluate(material.subject()))
    }

    Benchmark("Hessian trace: least over neuron rescalings") { _ in
        blackHole(HessianTraceOrbitMinimum(options: MeasureOptions()).evaluate(material.subject()))
    }

    Benchmark("Hessian trace: 30 Hutchinson probes") { _ in
        blackHole(HutchinsonTrace(options: MeasureOptions(integers: ["probes": 30])).evaluate(material.subject()))
    }

    Benchmark("Hessian trace: 30 Hutchinson probes, torch-cuda") { _ in
        let options = MeasureOptions(integers: ["probes": 30], choices: ["stream": "torch-cuda"])
        blackHole(HutchinsonTrace(options: options).evaluate(material.subject()))
    }

    let large = LargeMaterial()

    for batchSize in [64, 4096] {
        Benchmark("Training: 2 epochs of 12,000 points, batch \(batchSize)") { benchmark in
            var network = large.fresh
            var order = Material.epochOrder
            let recipe = Recipe(learningRate: 0.01, batchSize: batchSize, maximumEpochs: 2)
            benchmark.startMeasurement()
            blackHole(try network.train(on: large.training, recipe: recipe, order: &order))
        }
    }

    Benchmark("Activation patterns: 64,000 points, with the forward pass") { benchmark in
        let subject = large.subject()
        benchmark.startMeasurement()
        blackHole(ActivationPatterns(options: MeasureOptions()).evaluate(subject))
    }

    // A subject keeps the pass and its sign patterns, so a second measurement only counts.
    Benchmark("Activation patterns: counting 64,000 of 128 units") { benchmark in
        let measure = ActivationPatterns(options: MeasureOptions())
        let subject = large.subject()
        _ = measure.evaluate(subject)
        benchmark.startMeasurement()
        blackHole(measure.evaluate(subject))
    }

    let members = LargeMaterial.members(networks: 50, points: 69_500)

    Benchmark("Ensemble agreement: 50 networks, 69,500 points") { _ in
        blackHole(EnsembleAgreement(options: MeasureOptions()).evaluate(members))
    }

    Benchmark("Hessian trace: exact, 12,000 points") { _ in
        blackHole(HessianTrace(options: MeasureOptions()).evaluate(large.subject()))
    }

    Benchmark("torch-cuda permutation: 250") { _ in
        var stream = TorchCUDAStream(seed: 42)
        blackHole(stream.permutation(of: 250))
    }

    Benchmark("torch-cuda permutation: 60,000") { _ in
        var stream = TorchCUDAStream(seed: 42)
        blackHole(stream.permutation(of: 60_000))
    }

    Benchmark("Spearman's rho, n = 100, 2,000 resamples") { _ in
        var stream = NativeStream(seed: 1)
        let x = Variable("x", (0..<100).map { _ in stream.unit() })
        let y = Variable("y", x.values.map { $0 + stream.unit() })
        blackHole(correlate(x, y, bootstrap: Bootstrap(seed: 1)))
    }
}

/// OpenBLAS reads its kernels' name when it is loaded, so this program starts itself anew, as the basin command does.
private func restartWithBetterKernels() {
    guard let additions = BLASKernel.environmentForRestart() else { return }
    for (name, value) in additions { setenv(name, value, 1) }
    var arguments = CommandLine.arguments.map { strdup($0) } + [nil]
    execv("/proc/self/exe", &arguments)
}
