import Analysis
import Results
import Statistics
import SyntheticStudies
import Testing

/// The reliability of a measure whose networks share the points that it samples.
@Suite struct SharedSampleTests {
    /// 60 networks whose pair proxy has a standard error of 20, and halves that lie 100 ± about 10 apart.
    private func population(
        probeSeeds: [Int] = [1], detail: (Int) -> [String: Double]
    ) throws -> Population {
        let archive = try Archive()
        let share = 60 / probeSeeds.count
        let plan = probeSeeds.enumerated().map { index, seed in
            TrainedConfiguration(seeds: 0..<share, learningRate: 0.1 + Double(index), probeSeed: seed)
        }
        let draws = noise(seed: 3, count: 60)
        let study = SyntheticStudy(
            networks: (0..<60).map { index in
                .init(
                    hyperparameters: plan[index / share].hyperparameters(),
                    columns: ["test_accuracy": draws[index]])
            }, population: TrainedConfiguration.population(plan))
        let record = try study.enter(in: archive.store)
        let run = try #require(try archive.store.runs(of: record.id).first)
        for (index, model) in try archive.store.models(of: record.id).enumerated() {
            try archive.store.add(
                [
                    MeasurementRecord(
                        measure: "pair_proxy", value: 800 + 50 * draws[index], standardError: 20, effort: 100,
                        detail: detail(index))
                ], to: model.id, run: run.id)
        }
        return try Population(of: record, in: archive.store)
    }

    private static let differences = noise(seed: 8, count: 60).map { 100 + 10 * $0 }

    @Test("What the probes do to all networks alike is no error of one against another")
    func shared() throws {
        let population = try population { ["between_halves": Self.differences[$0], "undecided": 0] }
        let errors = try population.standardErrors("pair_proxy")
        let mean = Self.differences.reduce(0, +) / 60
        for (error, difference) in zip(errors, Self.differences) {
            #expect(abs((error ?? .nan) - abs(difference - mean) * (60.0 / 59).squareRoot()) < 1e-10)
        }
        let row = try #require(try StudyVerdicts(of: population).rows.first { $0.verdict.measure == "pair_proxy" })
        // About 1 - 10²/50², where the standard errors alone would make it 1 - 20²/50².
        #expect(try #require(row.reliability).value > 0.92)
    }

    @Test("Where a network does not tell its halves, or probes are not the same for all, errors are those measured")
    func notShared() throws {
        let older = try population { $0 == 7 ? [:] : ["between_halves": Self.differences[$0]] }
        #expect(try older.standardErrors("pair_proxy") == [Double?](repeating: 20, count: 60))
        let several = try population(probeSeeds: [1, 2]) { ["between_halves": Self.differences[$0]] }
        #expect(try several.standardErrors("pair_proxy") == [Double?](repeating: 20, count: 60))
        #expect(try several.standardErrors("test_accuracy") == [Double?](repeating: 0, count: 60))
    }
}
