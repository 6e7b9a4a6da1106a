import Foundation
import Networks
import Results
import Definitions
import StudyFiles
import Running
import TestSupport
import Testing

/// Measures of the population, as runs compute them.
@Suite struct PopulationMeasureTests {
    private let study = ToyStudy(measures: "[test_accuracy, ensemble_agreement]")

    private func values(_ laboratory: Laboratory) throws -> [Double?] {
        try laboratory.column("ensemble_agreement").map(\.?.value)
    }

    /// From the kept weights and the unseen points, one at a time.
    private func direct(_ laboratory: Laboratory, points: PointList) throws -> [Double?] {
        let right = try laboratory.models().map { model in
            let weights = try #require(try laboratory.store.weights(of: model.id))
            let network = try Network(safetensors: Data(weights))
            return (0..<points.count).map { network.classification(of: points.block($0..<$0 + 1)).correct == 1 }
        }
        return right.indices.map { own in
            let wrong = (0..<points.count).filter { !right[own][$0] }
            let others = right.indices.filter { $0 != own }
            let shares = wrong.map { point in Double(others.count { right[$0][point] }) / Double(others.count) }
            return wrong.isEmpty ? nil : shares.reduce(0, +) / Double(wrong.count)
        }
    }

    @Test("The values are those of a direct computation from the networks", arguments: ["all", "test-images"])
    func direct(unseen: String) async throws {
        let study = ToyStudy(
            probes: "{count: 10, seed: 4}, unseen: \(unseen)", measures: "[test_accuracy, ensemble_agreement]")
        let laboratory = try Laboratory()
        try await laboratory.run(study)
        let points = try study.material.unseen
        #expect(points.count == (unseen == "all" ? 180 : 80))
        let (found, expected) = (try values(laboratory), try direct(laboratory, points: points))
        #expect(found.count == 8)
        for (value, direct) in zip(found, expected) {
            #expect(abs(try #require(value) - (try #require(direct))) < 1e-12)
        }
        #expect(Set(found).count > 4)
    }

    @Test("When the population grows all values follow, to those of one run")
    func grows() async throws {
        let laboratory = try Laboratory()
        try await laboratory.run(study, RunOptions(jobs: 2, limit: 3))
        let before = try values(laboratory)
        #expect(before.count == 3 && !before.contains(nil))
        try await laboratory.run(study)
        #expect(try Array(values(laboratory).prefix(3)) != before)
        #expect(try await laboratory.digest() == Laboratory.digest(of: study))
    }

    @Test("A run that asks for other measures keeps the population's values up to date too")
    func otherMeasures() async throws {
        let laboratory = try Laboratory()
        try await laboratory.run(study, RunOptions(jobs: 2, limit: 3))
        try await laboratory.run(study, RunOptions(jobs: 2, measures: ["test_accuracy"]))
        #expect(try await laboratory.digest() == Laboratory.digest(of: study))
    }

    @Test("A population measure that the study file does not name follows the networks that come, once it was taken")
    func takenLater() async throws {
        let laboratory = try Laboratory()
        let plain = ToyStudy(measures: "[test_accuracy]")
        try await laboratory.run(plain, RunOptions(jobs: 1, limit: 3))
        try await laboratory.run(plain, RunOptions(jobs: 1, measures: ["ensemble_agreement"]), training: false)
        #expect(try values(laboratory).filter { $0 != nil }.count == 3)
        try await laboratory.run(plain)
        let whole = try Laboratory()
        try await whole.run(study)
        #expect(try values(laboratory) == values(whole))
    }

    @Test("Two runs that share the networks out between them end with the values of one run")
    func shards() async throws {
        let laboratory = try Laboratory()
        let other = try ResultsStore.open(at: laboratory.store.path)
        let runners = try [1, 2].map { index in
            try laboratory.runner(
                study, RunOptions(jobs: 1, shard: RunOptions.Shard(index: index, count: 2)),
                in: index == 1 ? other : laboratory.store)
        }
        async let a = runners[0].run(provenance: .example) { _ in }
        async let b = runners[1].run(provenance: .example) { _ in }
        _ = try await (a, b)
        #expect(try await laboratory.digest() == Laboratory.digest(of: study))
    }

    @Test("What a broken-off run did not compute is filled by the next")
    func brokenOff() async throws {
        let laboratory = try Laboratory()
        let runner = try laboratory.runner(study, RunOptions(jobs: 1))
        let work = Task {
            try await runner.run(provenance: .example) { progress in
                if progress.done == 5 { withUnsafeCurrentTask { $0?.cancel() } }
            }
        }
        await #expect(throws: CancellationError.self) { try await work.value }
        #expect(try laboratory.models().count == 5)
        #expect(try values(laboratory) == [nil, nil, nil, nil, nil])
        let last = try await laboratory.run(study, RunOptions(jobs: 1, limit: 3))
        #expect(last.total == 3)
        #expect(try await laboratory.digest() == Laboratory.digest(of: study))
    }

    @Test("A new version takes over what is kept of the networks and computes the values itself")
    func newVersion() async throws {
        let laboratory = try Laboratory()
        try await laboratory.run(study)
        let fewer = ToyStudy(seeds: "0-4", measures: "[test_accuracy, ensemble_agreement]")
        let last = try await laboratory.run(fewer)
        #expect(last.total == 0 && last.before == 5)
        #expect(try await laboratory.digest() == Laboratory.digest(of: fewer))
        // Once all is there, nothing is written again.
        let runs = try laboratory.runs()
        try await laboratory.run(fewer)
        #expect(try laboratory.runs() == runs)
    }

    @Test("Networks are compared with those of the same points only")
    func grid() async throws {
        let both = ToyStudy(
            seeds: "0-3", population: ", grid: {data.training_points: [60, 40]}",
            measures: "[test_accuracy, ensemble_agreement]")
        let laboratory = try Laboratory()
        try await laboratory.run(both)
        #expect(
            try laboratory.column("ensemble_agreement").map { $0?.detail["other_networks"] }
                == Array(repeating: 3, count: 8))
        for (points, part) in [(60, 0..<4), (40, 4..<8)] {
            let alone = try Laboratory()
            try await alone.run(
                ToyStudy(trainingPoints: points, seeds: "0-3", measures: "[test_accuracy, ensemble_agreement]"))
            #expect(try Array(values(laboratory)[part]) == values(alone))
        }
    }

    @Test("A measure of the population that is added later is that of a run with it")
    func later() async throws {
        let laboratory = try Laboratory()
        try await laboratory.run(study, RunOptions(jobs: 2, measures: ["test_accuracy"]))
        #expect(try values(laboratory) == Array(repeating: nil, count: 8))
        try await laboratory.run(study, RunOptions(jobs: 2, measures: ["ensemble_agreement"]), training: false)
        #expect(try await laboratory.digest() == Laboratory.digest(of: study))
    }
}
