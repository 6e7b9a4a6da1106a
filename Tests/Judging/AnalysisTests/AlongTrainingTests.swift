import Analysis
import Measures
import Results
import SyntheticStudies
import Testing

@Suite struct AlongTrainingTests {
    /// Six networks whose trace predicts their accuracy from epoch 10 on, and says its opposite at epoch 1.
    private func networks() -> [SyntheticStudy.Network] {
        let ranks = [3.0, 1, 4, 2, 6, 5]
        func network(_ seed: Int, _ epoch: Int?, trace: Double) -> SyntheticStudy.Network {
            SyntheticStudy.Network(
                columns: ["test_accuracy": epoch == nil ? ranks[seed] / 10 : 0.1, "hessian_trace": trace],
                seed: UInt64(seed), copyOf: epoch == nil ? nil : seed, variant: epoch.map { "epoch \($0)" })
        }
        return (0..<6).map { network($0, nil, trace: ranks[$0]) }
            // Out of order on purpose.
            + (0..<6).map { network($0, 10, trace: 2 * ranks[$0]) }
            + (0..<6).reversed().map { network($0, 1, trace: -ranks[$0]) }
    }

    @Test("At each epoch what a measure said is held against the target in the end, every network once")
    func correlations() throws {
        let population = try Archive().population(SyntheticStudy(networks: networks()))
        #expect(population.models.count == 6 && population.snapshots.count == 12)
        #expect(try population.correlation("hessian_trace", "test_accuracy", bootstrap: nil).count == 6)
        let found = try #require(try AlongTraining(of: population))
        #expect(found.target == "test_accuracy" && found.epochs == [1, 10])
        let trace = try #require(found.rows.first { $0.measure == "hessian_trace" })
        #expect(trace.mayPredict && trace.correlations.map(\.count) == [6, 6, 6])
        #expect(try trace.correlations.map { try $0.outcome.get().value } == [-1, 1, 1])
        // All networks had one accuracy on the way.
        let accuracy = try #require(found.rows.first { $0.measure == "test_accuracy" })
        #expect(accuracy.correlations[0].outcome == .failure(.constant(variable: "test_accuracy")))
    }

    @Test("Snapshots are no rescaled copies, and a study without them says nothing of epochs")
    func apart() throws {
        let population = try Archive().population(SyntheticStudy(networks: networks()))
        #expect(Reparameterisation(of: population).copies.isEmpty && Reparameterisation(of: population).orphans.isEmpty)
        let plain = try Archive().population(SyntheticStudy(networks: rescaledNetworks()))
        #expect(try AlongTraining(of: plain) == nil && plain.snapshots.isEmpty && !plain.copies.isEmpty)
    }

    @Test("A snapshot goes with its network when a condition leaves that out")
    func restricted() throws {
        let population = try Archive().population(SyntheticStudy(networks: networks()))
        let rest = population.without([0, 1])
        #expect(rest.snapshots.count == 8)
        #expect(
            try #require(try AlongTraining(of: rest)).rows.allSatisfy { $0.correlations.allSatisfy { $0.count == 4 } })
    }

    // MARK: Histories

    private func history(_ losses: [Double]) -> TrainingHistory {
        TrainingHistory(losses.enumerated().map { .init(epoch: 10 * $0, values: [.trainLoss: $1]) })
    }

    @Test("A course has the quartiles at each epoch; a network that stopped counts with what it ended with")
    func courses() throws {
        let archive = try Archive()
        let population = try archive.population(
            SyntheticStudy(networks: [
                .init(columns: ["test_accuracy": 0.1], history: history([5, 4, 3])),
                .init(columns: ["test_accuracy": 0.2], history: history([3, 1])),
                .init(columns: ["test_accuracy": 0.3], history: history([4, 2, 2])),
                .init(columns: ["test_accuracy": 0.4]),
            ]))
        let found = try #require(try TrainingCourses(of: population, in: archive.store))
        #expect(found.networks == 3 && found.grouping == nil && found.quantities == [.trainLoss])
        let course = try #require(found.courses(of: .trainLoss).first)
        #expect(course.points.map(\.epoch) == [0, 10, 20] && course.networks == 3)
        #expect(course.points.map(\.median) == [4, 2, 2])
        #expect(course.points.map(\.lower) == [3.5, 1.5, 1.5] && course.points.map(\.upper) == [4.5, 3, 2.5])
        let none = try Archive()
        #expect(
            try TrainingCourses(of: none.population(SyntheticStudy(networks: rescaledNetworks())), in: none.store)
                == nil)
    }

    @Test("Networks of a few groups have a course each")
    func groups() throws {
        let archive = try Archive()
        let networks = ["a", "b", "a", "b"].enumerated().map { place, regime in
            SyntheticStudy.Network(
                regime: regime, columns: ["test_accuracy": Double(place)],
                history: history([Double(place), Double(place) / 2]))
        }
        let found = try #require(
            try TrainingCourses(of: archive.population(SyntheticStudy(networks: networks)), in: archive.store))
        #expect(found.grouping == "regime" && found.courses(of: .trainLoss).map(\.label) == ["a", "b"])
        #expect(found.courses(of: .trainLoss).map { $0.points.map(\.median) } == [[1, 0.5], [2, 1]])
    }
}
