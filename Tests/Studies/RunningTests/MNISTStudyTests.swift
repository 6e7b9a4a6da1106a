import Analysis
import Datasets
import Definitions
import Foundation
import Measures
import Networks
import Randomness
import Recording
import Results
import Running
import StudyFiles
import TestSupport
import Testing

private let mnistIsHere = DatasetLocator().availableNames.contains("mnist")

/// The shipped study on the real data, as far as a test may take it: the first three of its hundred networks.
@Suite(.enabled(if: mnistIsHere, "MNIST is not here: put it in a folder of BASIN_DATASETS"))
struct MNISTStudyTests {
    private var file: StudyFile {
        get throws { try StudyFile(path: "\(shippedStudies)/pair-proxy-mnist.yml") }
    }

    @Test("The record's split and probes are those of its streams")
    func material() throws {
        let dataset = try DatasetLocator().load("mnist")
        let configuration = try #require(file.specification.configurations.first)
        let material = try StudyMaterial(configuration.data, dataset: dataset)
        // First elements of torch.randperm(60000) after manual_seed(42), and of randperm(69750) after manual_seed(99).
        let training = [37542, 43087, 2992, 25810]
        let probes = [43401, 11752, 4623, 50993]
        #expect(material.training.count == 250)
        #expect(Array(material.training.labels.prefix(4)) == training.map { dataset.labels[$0] })
        var split = TorchCPUStream(seed: 42)
        let chosen = Set(split.permutation(of: 60_000).prefix(250))
        #expect(chosen.isSuperset(of: training) && chosen.reduce(0, +) == 7_503_269)
        let unseen = (0..<70_000).filter { !chosen.contains($0) }
        func image(_ index: Int) -> [Float] { dataset.pixels[index * 784..<(index + 1) * 784].map { Float($0) / 255 } }
        #expect(Array(material.training.inputs[..<784]) == image(training[0]))
        #expect(Array(material.probes[..<(4 * 784)]) == probes.flatMap { image(unseen[$0]) })
        #expect(material.probes.count == 100 * 784)
        let network = configuration.network.architecture(
            inputs: material.training.inputSize, classes: material.classCount)
        #expect(network.description == "784-64-8-10")
    }

    @Test("The first networks are the published ones")
    func firstNetworks() async throws {
        let folder = try TemporaryFolder()
        let store = try ResultsStore.open(at: folder("basin.sqlite"))
        let runner = try StudyRunner(file: file, store: store, options: RunOptions(jobs: 2, limit: 3)) {
            try DatasetLocator().load($0)
        }
        let last = try await runner.run(provenance: .example) { _ in }
        #expect((last.done, last.failed) == (3, 0))

        let study = try store.study(named: "pair-proxy-mnist")
        let models = try store.models(of: study.id)
        let taken = try store.measurements(of: study.id)
        func measurement(_ position: Int, _ measure: String) throws -> MeasurementRecord {
            try #require(taken[models[position].id]?.first { $0.measure == measure })
        }
        for (position, published) in [0.7508, 0.7704, 0.7537].enumerated() {
            #expect(abs(try #require(measurement(position, "test_accuracy").value) - published) <= 0.0005)
        }
        #expect(try measurement(0, "pair_proxy").value == 894)
        for position in 0..<3 { #expect(try measurement(position, "pair_proxy").detail["undecided"] == 0) }
        // Published: 47.50728, and 8.993219 for the norm; three digits survive the rounding of another machine.
        let trace = try measurement(0, "hessian_trace_hutchinson")
        #expect(abs(try #require(trace.value) - 47.507) < 0.05)
        #expect(abs(try #require(measurement(0, "weight_norm_l2").value) - 8.993219) < 0.001)
        // The estimate is of the exact trace.
        let exact = try #require(measurement(0, "hessian_trace").value)
        #expect(abs(try #require(trace.value) - exact) < 4 * (try #require(trace.standardError)))
        #expect(try #require(trace.standardError) > 0)

        // What is published is held against the models when they are analysed, as at the end of `basin run`.
        try StudyAnalysis(of: study, in: store).record(in: store)
        // Which of the later networks part from the record's by a bit depends on the BLAS kernels.
        let agreeing = try store.replication(of: study).filter { $0.agrees == true && $0.published.kind == .model }
        #expect(agreeing.count { $0.published.seed == 0 } == 4, "accuracy, proxy, trace and norm of the first network")
        #expect(agreeing.count { $0.published.measure == "test_accuracy" } == 3)
    }
    @Test("Joint labellings of the first probes are those that enumeration finds")
    func jointLabellings() async throws {
        let file = try self.file
        let folder = try TemporaryFolder()
        let store = try ResultsStore.open(at: folder("basin.sqlite"))
        let runner = try StudyRunner(file: file, store: store, options: RunOptions(jobs: 2, limit: 3)) {
            try DatasetLocator().load($0)
        }
        _ = try await runner.run(provenance: .example) { _ in }
        let configuration = try #require(file.specification.configurations.first)
        let material = try StudyMaterial(configuration.data, dataset: DatasetLocator().load("mnist"))
        let models = try store.models(of: store.study(named: "pair-proxy-mnist").id)
        let known = [[700, 979, 6270], [839, 1142, 7813], [523, 761, 4941]]
        for (model, expected) in zip(models, known) {
            let weights = try #require(try store.weights(of: model.id))
            let network = try Network(safetensors: Data(weights))
            let features = network.featuresAndLogits(of: material.training).features
            func count(_ target: LabellingCounter.Target, probes: Int) throws -> Int {
                let inputs = LabelledPoints(
                    inputs: Array(material.probes[..<(probes * 784)]), labels: [UInt8](repeating: 0, count: probes),
                    inputSize: 784)
                let problem = LabellingProblem(
                    classCount: 10, width: 8, features: features, labels: material.training.labels,
                    probes: network.featuresAndLogits(of: inputs).features)
                let answers = LabellingSolver.solve(problem)
                let counter = LabellingCounter(
                    problem, rootClasses: (0..<probes).map(answers.feasibleClasses), counting: target,
                    budget: 100_000)
                let pass = try #require(counter.run(NativeStream(seed: 1)))
                #expect(pass.undecided == 0)
                return Int(pow(10, pass.log10Count).rounded())
            }
            let found = try [
                count(.labellings, probes: 3), count(.extensions, probes: 3), count(.labellings, probes: 4),
            ]
            #expect(found == expected)
        }
    }
}
