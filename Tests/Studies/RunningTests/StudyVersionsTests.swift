import Datasets
import Results
import Definitions
import StudyFiles
import Running
import TestSupport
import Testing

/// What a changed study file, or changed data, does to results that are there already.
@Suite struct StudyVersionsTests {
    @Test("Title, cost and target may change without a new version")
    func sameVersion() async throws {
        let laboratory = try Laboratory()
        try await laboratory.run()
        let retitled = try StudyFile(
            text: ToyStudy().text + "\ntitle: A better title\ntarget: dead_units\n", path: "toy.yml")
        let runner = try StudyRunner(
            file: retitled, store: laboratory.store, options: RunOptions(jobs: 1), dataset: laboratory.images.dataset)
        #expect(runner.study.version == 1)
        #expect(try laboratory.record().title == "A better title")
        #expect(try laboratory.record().target == "dead_units")
    }

    @Test(
        "A changed file is a new version with the bits that it would have alone",
        arguments: [
            ("another measure", ToyStudy(measures: "[test_accuracy, epochs, dead_units]"), 8),
            ("more seeds", ToyStudy(seeds: "0-9"), 8),
            ("fewer seeds", ToyStudy(seeds: "0-3"), 4),
            ("other seeds in the same places", ToyStudy(seeds: "[0, 1, 9, 3]"), 3),
            ("other probes", ToyStudy(probes: "{count: 12, seed: 4}"), 8),
            ("another learning rate", ToyStudy(learningRate: "0.1"), 0),
            ("another shape", ToyStudy(hidden: "[12, 5]"), 0),
            ("fewer training points", ToyStudy(trainingPoints: 50), 0),
            ("another order of points", ToyStudy(streams: ", order: numpy"), 0),
        ])
    func newVersion(change: String, changed: ToyStudy, reused: Int) async throws {
        let laboratory = try Laboratory()
        try await laboratory.run()
        let before = try laboratory.digest(version: 1)
        try await laboratory.run(changed)
        #expect(try laboratory.record().version == 2)
        #expect(try laboratory.digest(version: 1) == before)
        #expect(try await laboratory.digest(version: 2) == Laboratory.digest(of: changed))
        // A model that was taken over names the run that trained it.
        let first = try #require(try laboratory.runs(version: 1).first)
        #expect(try laboratory.models(version: 2).filter { $0.runID == first.id }.count == reused, "\(change)")
    }

    @Test("Networks that get a regime or a grid's values are not trained again, and are described as what they are now")
    func renamed() async throws {
        let laboratory = try Laboratory()
        try await laboratory.run()
        let regimes = ToyStudy(population: ", regimes: {a: {}}, grid: {training.batch_size: [16]}")
        try await laboratory.run(regimes)
        #expect(
            try laboratory.models().allSatisfy { $0.regime == "a" && $0.label.hasPrefix("a, batch_size 16, seed ") })
        #expect(try laboratory.trained().isEmpty)
        let first = try #require(try laboratory.runs(version: 1).first)
        #expect(try laboratory.models().allSatisfy { $0.runID == first.id })
        #expect(try await laboratory.digest() == Laboratory.digest(of: regimes))
    }

    @Test("Going back to the first file goes back to the first version")
    func back() async throws {
        let laboratory = try Laboratory()
        try await laboratory.run()
        try await laboratory.run(ToyStudy(learningRate: "0.1"))
        let last = try await laboratory.run()
        #expect((last.total, last.before) == (0, 8))
        #expect(try laboratory.store.studies().map(\.version) == [1, 2])
    }

    @Test("A version that was broken off is taken over as far as it came")
    func unfinished() async throws {
        let laboratory = try Laboratory()
        try await laboratory.run(ToyStudy(), RunOptions(jobs: 2, limit: 3))
        let changed = ToyStudy(measures: "[test_accuracy, epochs]")
        let last = try await laboratory.run(changed)
        #expect(last.before == 3)
        #expect(try await laboratory.digest() == Laboratory.digest(of: changed))
    }

    @Test("Changed data are refused for a study that has networks, and nothing is written")
    func changedData() async throws {
        var laboratory = try Laboratory()
        try await laboratory.run(ToyStudy(), RunOptions(jobs: 2, limit: 3))
        let before = try laboratory.digest()
        laboratory.images = SyntheticImages(seed: 2)
        let error = try #require(throws: StudyDataChanged.self) {
            try laboratory.runner(ToyStudy(), RunOptions(jobs: 1))
        }
        #expect(error.study == "toy")
        #expect(error.file.hasPrefix("synthetic/"))
        #expect(error.description.contains("'\(error.file)' differs"))
        #expect(try laboratory.digest() == before)
        #expect(try laboratory.runs().count == 1)
    }

    @Test("A new version on changed data takes nothing over from the old data")
    func newVersionOnChangedData() async throws {
        var laboratory = try Laboratory()
        try await laboratory.run()
        laboratory.images = SyntheticImages(seed: 2)
        let changed = ToyStudy(measures: "[test_accuracy, epochs]")
        try await laboratory.run(changed)
        #expect(try await laboratory.digest(version: 2) == Laboratory.digest(of: changed, images: laboratory.images))
    }

    @Test("Changed data are refused for a version whose networks were all taken over")
    func changedDataUnderTakenOver() async throws {
        var laboratory = try Laboratory()
        try await laboratory.run()
        let shorter = ToyStudy(measures: "[test_accuracy, dead_units]")
        let last = try await laboratory.run(shorter)
        #expect(last.total == 0, "the second version has no run of its own")
        laboratory.images = SyntheticImages(seed: 2)
        #expect(throws: StudyDataChanged.self) {
            try laboratory.runner(shorter, RunOptions(jobs: 1, measures: ["epochs"]))
        }
    }
}
