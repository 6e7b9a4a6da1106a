import Foundation
import Results
import Simulation
import TestSupport
import Testing

@Suite struct WorldResultsTests {
    @Test("A world's study is in the file as it was drawn: values, errors, regimes, grid and seeds")
    func content() throws {
        for name in ["estimates", "few-seeds", "reliability-0.8-stated"] {
            let folder = try TemporaryFolder()
            let store = try ResultsStore.open(at: folder("basin.sqlite"))
            let results = try WorldResults(of: SimulatedWorld.named(name), models: 40, seed: 2)
            let study = try results.write(into: store, provenance: .example)
            #expect(
                study.target == "target" && study.name == "simulated-" + name.replacingOccurrences(of: ".", with: "-"))
            let models = try store.models(of: study.id)
            #expect(models.count == results.study.networks && models.allSatisfy { $0.outcome == .trained })
            #expect(Set(models.map(\.label)).count == models.count)
            #expect(models.map(\.seed) == results.study.seeds)
            let columns = try store.measurementColumns(of: study.id, rows: models.map(\.id))
            #expect(columns.count == results.columns.count)
            for column in results.columns {
                let stored = try #require(columns[column.column.name])
                #expect(stored.values == column.column.values)
                #expect(stored.standardErrors == column.standardErrors ?? models.map { _ in 0 })
            }
            for factor in results.study.factors {
                for (model, label) in zip(models, factor.labels) {
                    let isThere =
                        factor.name == "regime"
                        ? model.regime == label : model.hyperparameters.contains("\"\(factor.name)\":\(label)")
                    #expect(isThere, "\(model.hyperparameters) \(factor.name) \(label)")
                }
            }
        }
    }

    @Test("The same numbers give the same study; another world, effect or seed another one; writing twice adds nothing")
    func versions() throws {
        let folder = try TemporaryFolder()
        let store = try ResultsStore.open(at: folder("basin.sqlite"))
        func write(_ world: String, effect: Double = 0.5, seed: UInt64 = 1) throws -> StudyRecord {
            try WorldResults(of: .named(world), name: "made-up", models: 30, effect: effect, seed: seed)
                .write(into: store, provenance: .example)
        }
        let first = try write("wave")
        let lines = try store.contentLines(of: first.id)
        #expect(try write("wave").id == first.id)
        #expect(try store.contentLines(of: first.id) == lines)
        let digests = [
            first.digest, try write("fast-wave").digest, try write("wave", effect: 0.4).digest,
            try write("wave", seed: 2).digest,
        ]
        #expect(Set(digests).count == 4)
    }

    @Test("What the file says of the study names the world and each truth")
    func statement() throws {
        let folder = try TemporaryFolder()
        let store = try ResultsStore.open(at: folder("basin.sqlite"))
        let results = try WorldResults(of: .named("u-shape"), models: 30, seed: 4)
        let study = try results.write(into: store, provenance: .example)
        #expect(study.title.hasPrefix("30 simulated networks of the world 'u-shape', seed 4: The confounder acts"))
        #expect(study.specificationYAML.contains("simulated: {world: u-shape, models: 30, effect: 0.5, seed: 4}"))
        #expect(
            study.specificationYAML.contains(
                "{column: by_size, measure: weight_norm_l2, truth: by_curve, says: \"The confounder alone"))
    }

    @Test("Studies of worlds that cannot be made are refused in a sentence")
    func impossible() throws {
        let world = try SimulatedWorld.named("linear")
        #expect(throws: ImpossibleSimulation.modelsOfWorld(0)) { try WorldResults(of: world, models: 0, seed: 1) }
        let large = #expect(throws: ImpossibleSimulation.self) { try WorldResults(of: world, models: .max, seed: 1) }
        #expect(large?.description.contains("at most 1000000") == true)
        let named = #expect(throws: ImpossibleSimulation.self) {
            try WorldResults(of: world, name: "../x", models: 5, seed: 1)
        }
        #expect(named?.description.hasPrefix("'../x' is no name of a study") == true)
    }
}

extension Provenance {
    static let example = Provenance(
        basinVersion: "0.1", gitCommit: "abc", isGitDirty: false, cpuModel: "A processor", coreCount: 2,
        operatingSystem: "An operating system", blasLibrary: "OpenBLAS 0.3", blasKernel: "Haswell", buildKind: .native,
        compiler: "Swift 6.1", datasetDigests: [:])
}
