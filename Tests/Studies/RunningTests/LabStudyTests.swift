import Datasets
import Results
import Definitions
import StudyFiles
import Running
import TestSupport
import Testing
import TheoryLabs

/// Studies of a lab's models go the way of networks: into the same tables, with the same promises.
@Suite struct LabStudyTests {
    private static let text = """
        name: toy-lab
        lab: {experiment: sco-sam-sharp, start: 1, step_size: 0.25}
        population: {seeds: 0, grid: {lab.radius: [0.1, 0.2, 0.4], lab.algorithm: [sam, sa-gd]}}
        measures: [empirical_risk, population_risk, {measure: sharpness_aware_risk, as: saer}]
        target: population_risk
        """

    private func runner(
        in laboratory: Laboratory, _ options: RunOptions = RunOptions(jobs: 2), text: String = Self.text
    ) throws -> StudyRunner {
        try StudyRunner(file: StudyFile(text: text, path: "toy-lab.yml"), store: laboratory.store, options: options) {
            name in
            Issue.record("a lab asked for the data set '\(name)'")
            return try SyntheticImages().dataset(named: name)
        }
    }

    @discardableResult
    private func run(_ runner: StudyRunner, training: Bool = true) async throws -> StudyProgress {
        try await runner.run(provenance: .example, training: training) { _ in }
    }

    @Test("Each model has its settings, its measures under their columns, and no weights")
    func rows() async throws {
        let laboratory = try Laboratory()
        let progress = try await run(runner(in: laboratory))
        #expect(progress.line.hasPrefix("6/6 models"))
        let models = try laboratory.models("toy-lab")
        #expect(
            models.map(\.label) == [
                "algorithm sam, radius 0.1, seed 0", "algorithm sa-gd, radius 0.1, seed 0",
                "algorithm sam, radius 0.2, seed 0",
                "algorithm sa-gd, radius 0.2, seed 0", "algorithm sam, radius 0.4, seed 0",
                "algorithm sa-gd, radius 0.4, seed 0",
            ])
        #expect(models[0].hyperparameters.contains(#""experiment":"sco-sam-sharp""#))
        #expect(models[0].hyperparameters.contains(#""step_size":0.25"#))
        #expect(models.allSatisfy { $0.outcome == .trained && $0.epochs == nil })
        #expect(try laboratory.trained("toy-lab").isEmpty)
        // arXiv 2511.03548's example, as theory-labs' golden value has it.
        let sharpness = try laboratory.column("saer", of: "toy-lab").map { $0?.value }
        #expect(abs(try #require(sharpness[0]) - 0.0034108146187646) < 1e-13)
    }

    @Test(
        "A model that would take minutes ends with the run that is cancelled, and is not written",
        .timeLimit(.minutes(2)))
    func cancelled() async throws {
        let laboratory = try Laboratory()
        // Half a minute of descent in an optimised build and minutes in another, unless somebody stops it.
        let text = """
            name: long-lab
            lab: {experiment: multi-index-trained, dimension: 64, samples: 512, width: 64, steps: 20000, \
            flatness_weight: 1.0}
            population: {seeds: 0}
            measures: [population_risk]
            target: population_risk
            """
        let runner = try runner(in: laboratory, text: text)
        let work = Task { try await self.run(runner) }
        while try laboratory.store.reservations(of: runner.study.id).isEmpty {
            try await Task.sleep(for: .milliseconds(5))
        }
        work.cancel()
        await #expect(throws: CancellationError.self) { try await work.value }
        #expect(try laboratory.models("long-lab").isEmpty)
        #expect(try laboratory.store.runs(of: runner.study.id).map(\.outcome) == [.interrupted])
    }

    @Test("Any number of jobs, and interruptions, give the same bits; what is finished is not made again")
    func sameBits() async throws {
        func values(_ laboratory: Laboratory) throws -> [[Double?]] {
            try ["empirical_risk", "population_risk", "saer"].map {
                try laboratory.column($0, of: "toy-lab").map { $0?.value }
            }
        }
        let (once, parts) = (try Laboratory(), try Laboratory())
        try await run(runner(in: once, RunOptions(jobs: 1)))
        try await run(runner(in: parts, RunOptions(jobs: 3, limit: 2)))
        let rest = try await run(runner(in: parts, RunOptions(jobs: 4)))
        #expect((rest.total, rest.before) == (4, 2))
        #expect(try values(once) == values(parts))
        #expect(try await run(runner(in: parts)).total == 0)
    }

    @Test("A measure added later makes the models again, and is the same as if it had been there")
    func addedMeasure() async throws {
        let (before, after) = (try Laboratory(), try Laboratory())
        try await run(
            runner(in: before, text: Self.text.replacing("empirical_risk, ", with: "empirical_risk, stopping_point, ")))
        try await run(runner(in: after))
        try await run(runner(in: after, RunOptions(jobs: 2, measures: ["stopping_point"])), training: false)
        let values = try [before, after].map { try $0.column("stopping_point", of: "toy-lab").map { $0?.value } }
        #expect(values[0] == values[1])
        #expect(Set(values[0]).count > 2)
    }

    @Test("A measure that the experiment does not have is refused with the nearest of those that it has")
    func unknownMeasure() throws {
        let laboratory = try Laboratory()
        let error = #expect(throws: (any Error).self) {
            try runner(in: laboratory, RunOptions(measures: ["emprical_risk"]))
        }
        #expect("\(try #require(error))" == "There is no measure 'emprical_risk'. Did you mean 'empirical_risk'?")
        #expect(try laboratory.store.studies().isEmpty)
    }

    @Test("A new version takes models over that it defines in the same way")
    func newVersion() async throws {
        let laboratory = try Laboratory()
        try await run(runner(in: laboratory))
        let wider = Self.text.replacing("[0.1, 0.2, 0.4]", with: "[0.1, 0.2, 0.4, 0.8]")
        let progress = try await run(runner(in: laboratory, text: wider))
        #expect((progress.total, progress.before) == (2, 6))
    }

    @Test("A plan says what is missing and knows no data")
    func plan() async throws {
        let laboratory = try Laboratory()
        let file = try StudyFile(text: Self.text, path: "toy-lab.yml")
        let plan = try StudyPlan(of: file, store: laboratory.store, options: RunOptions()) { _ in
            try SyntheticImages().dataset()
        }
        #expect((plan.networks, plan.missing, plan.kind.unit) == (6, 6, "models"))
        #expect(plan.parts.allSatisfy { $0.epochs == nil && $0.seconds >= 0 })
    }
}
