import Definitions
import Foundation
import Measures
import Networks
import Results
import Running
import StudyFiles
import TestSupport
import Testing
import WeightFiles

/// Networks that were trained here, written to files, and brought back as networks from elsewhere.
@Suite struct ImportedNetworksTests {
    private let laboratory: Laboratory

    init() throws { laboratory = try Laboratory() }

    /// Trains a study and writes each network's weights, with the index of them.
    private func export(_ study: ToyStudy, epochs: Bool = true) async throws {
        try await laboratory.run(study, RunOptions(jobs: 1))
        var index = epochs ? "path,seed,epochs\n" : "path,seed\n"
        for model in try laboratory.models(study.name) {
            let weights = try #require(try laboratory.store.weights(of: model.id))
            let name = "\(model.position).safetensors"
            try Data(weights).write(to: URL(fileURLWithPath: laboratory.folder(name)))
            let seed = try #require(model.seed), trained = try #require(model.epochs)
            index += epochs ? "\(name),\(seed),\(trained)\n" : "\(name),\(seed)\n"
        }
        try laboratory.folder.write(index, to: "index.csv")
    }

    private func file(
        of study: ToyStudy, data: String? = nil, measures: String? = nil
    ) throws -> StudyFile {
        let points = "training_points: \(study.trainingPoints), \(study.stream)"
        try laboratory.folder.write(
            """
            name: elsewhere
            data: {dataset: \(study.dataset), \(data ?? points), probes: \(study.probes)}
            network: {activation: relu}
            networks: {from: index.csv}
            measures: \(measures ?? study.measures)
            """, to: "elsewhere.yml")
        return try StudyFile(path: laboratory.folder("elsewhere.yml"))
    }

    @discardableResult
    private func run(
        _ file: StudyFile, _ options: RunOptions = RunOptions(jobs: 2), training: Bool = true
    ) async throws -> StudyProgress {
        try await StudyRunner(
            file: file, store: laboratory.store, options: options, dataset: laboratory.images.dataset
        ).run(provenance: .example, training: training) { _ in }
    }

    private static let needTraining = MeasureCatalogue.descriptions.filter {
        !$0.reads.isDisjoint(with: [.trainingHistory, .initialWeights]) && $0.id != "epochs"
    }.map(\.id)

    @Test(
        "Every measure has the value that it has of the network as it was trained, or says that it reads the training")
    func roundTrip() async throws {
        let measures = MeasureCatalogue.descriptions.map(\.id)
        let study = ToyStudy(epochs: 30, seeds: "0-1", measures: "[\(measures.joined(separator: ", "))]")
        try await export(study)
        try await run(file(of: study))
        let (here, there) = (try laboratory.models(), try laboratory.models("elsewhere"))
        #expect(there.map(\.weightsDigest) == here.map(\.weightsDigest) && there.map(\.epochs) == here.map(\.epochs))
        #expect(there.map(\.digest) == there.map(\.weightsDigest))
        var equal = 0
        for measure in measures {
            let (before, after) = (try laboratory.column(measure), try laboratory.column(measure, of: "elsewhere"))
            #expect(before.count == after.count)
            for (before, after) in zip(before, after) {
                if Self.needTraining.contains(measure) {
                    #expect(after?.value == nil && after?.reason?.hasPrefix("it reads ") == true, "\(measure)")
                } else {
                    #expect(before?.value?.bitPattern == after?.value?.bitPattern, "\(measure)")
                    #expect(
                        before?.standardError == after?.standardError && before?.reason == after?.reason, "\(measure)")
                    if after?.value != nil { equal += 1 }
                }
            }
        }
        #expect(equal > 170, "\(equal) values of two networks")
    }

    @Test("Of networks of which nobody said how long they were trained, epochs are not known")
    func epochs() async throws {
        let study = ToyStudy(seeds: "0-1")
        try await export(study, epochs: false)
        try await run(file(of: study, measures: "[test_accuracy, epochs]"))
        #expect(try laboratory.models("elsewhere").map(\.epochs) == [nil, nil])
        let found = try laboratory.column("epochs", of: "elsewhere")
        #expect(found.allSatisfy { $0?.value == nil && $0?.reason?.contains("no column 'epochs'") == true })
    }

    @Test("Measures are added to kept weights, and to discarded ones out of the files")
    func measuredLater() async throws {
        let study = ToyStudy(seeds: "0-1")
        try await export(study)
        let elsewhere = try file(of: study, measures: "[test_accuracy]")
        try await run(elsewhere, RunOptions(jobs: 1, limit: 1))
        try await run(elsewhere, RunOptions(jobs: 1, discardWeights: true))
        let kept = try laboratory.models("elsewhere").map { try laboratory.store.weights(of: $0.id) != nil }
        #expect(kept == [true, false])
        try await run(elsewhere, RunOptions(jobs: 1, measures: ["hessian_trace"]), training: false)
        let values = try laboratory.column("hessian_trace", of: "elsewhere").map { $0?.value }
        #expect(try values == laboratory.column("hessian_trace").map { $0?.value })
    }

    @Test("A changed file makes a new version, which takes over the networks that are as they were")
    func changed() async throws {
        let study = ToyStudy(seeds: "0-2")
        try await export(study)
        try await run(file(of: study))
        try FileManager.default.removeItem(atPath: laboratory.folder("1.safetensors"))
        try FileManager.default.copyItem(
            atPath: laboratory.folder("0.safetensors"), toPath: laboratory.folder("1.safetensors"))
        #expect(try await run(file(of: study)).done == 1)
        #expect(try laboratory.record("elsewhere").version == 2)
        let (old, new) = (
            try laboratory.models("elsewhere", version: 1).map(\.digest),
            try laboratory.models("elsewhere", version: 2).map(\.digest)
        )
        #expect(new == [old[0], old[0], old[2]])
        // The same networks under other names are the same version.
        let index = try String(contentsOfFile: laboratory.folder("index.csv"), encoding: .utf8)
        try laboratory.folder.makeFolder("moved")
        for seed in 0..<3 {
            try FileManager.default.moveItem(
                atPath: laboratory.folder("\(seed).safetensors"), toPath: laboratory.folder("moved/\(seed).st"))
        }
        try laboratory.folder.write(
            index.replacing(/(\d)\.safetensors/) { "moved/\($0.1).st" }, to: "index.csv")
        #expect(try await run(file(of: study)).done == 0)
        #expect(try laboratory.record("elsewhere").version == 2)
    }

    @Test("A file that changes under way stops the run")
    func changedUnderWay() async throws {
        let study = ToyStudy(seeds: "0-1")
        try await export(study)
        let elsewhere = try file(of: study)
        try Data(contentsOf: URL(fileURLWithPath: laboratory.folder("0.safetensors"))).write(
            to: URL(fileURLWithPath: laboratory.folder("1.safetensors")))
        let error = await #expect(throws: WeightsFileError.self) { try await run(elsewhere) }
        #expect(error?.path.hasSuffix("1.safetensors") == true && error?.reason.contains("other weights") == true)
    }

    @Test("Networks that take other images are refused before anything is written")
    func otherData() async throws {
        let study = ToyStudy(seeds: "0-1")
        try await export(study)
        var images = SyntheticImages()
        images.side = 6
        let elsewhere = try file(of: study)
        let error = #expect(throws: NetworksDoNotFitData.self) {
            try StudyRunner(
                file: elsewhere, store: laboratory.store, options: RunOptions(jobs: 1), dataset: images.dataset)
        }
        #expect(error?.description.contains("64-12-6-4") == true && error?.description.contains("36 pixels") == true)
        #expect(throws: (any Error).self) { try laboratory.record("elsewhere") }
    }

    @Test("Training points that are named one by one are those that are read")
    func indices() async throws {
        let study = ToyStudy(seeds: "0-1")
        try await export(study)
        try await run(file(of: study, measures: "[test_accuracy, hessian_trace]"))
        let before = try laboratory.column("hessian_trace", of: "elsewhere").map { $0?.value }
        let data = try #require(study.file.specification.configurations[0].model.kind.data)
        let order = data.stream.permutation(
            of: laboratory.images.trainCount, seed: data.seed, purpose: "training-points")
        let places = order.prefix(study.trainingPoints).map { "\($0)\n" }.joined()
        try laboratory.folder.write(places, to: "points.txt")
        try await run(file(of: study, data: "indices: points.txt", measures: "[test_accuracy, hessian_trace]"))
        #expect(try laboratory.record("elsewhere").version == 2)
        #expect(try laboratory.column("hessian_trace", of: "elsewhere").map { $0?.value } == before)
        try laboratory.folder.write("0\n160\n", to: "points.txt")
        let beyond = try file(of: study, data: "indices: points.txt")
        let error = await #expect(throws: PointIndicesError.self) { try await run(beyond) }
        #expect(error?.description.contains("names 160 as number 2") == true)
    }

    @Test("A plan says what measuring costs, and that nothing is trained")
    func plan() async throws {
        let study = ToyStudy(seeds: "0-1")
        try await export(study)
        let plan = try StudyPlan(
            of: file(of: study), store: laboratory.store, options: RunOptions(jobs: 1),
            dataset: laboratory.images.dataset)
        #expect(plan.missing == 2 && plan.parts.map(\.epochs) == [nil] && plan.bytes > 0)
    }
}
