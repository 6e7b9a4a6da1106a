import Analysis
import Results
import SyntheticStudies
import Testing

@Suite struct HealthTests {
    private typealias Network = SyntheticStudy.Network

    private func health(_ networks: [Network], _ configurations: [TrainedConfiguration]) throws -> Health {
        let study = SyntheticStudy(networks: networks, population: TrainedConfiguration.population(configurations))
        return try #require(Health(of: Archive().population(study)))
    }

    private func network(
        _ configuration: TrainedConfiguration = TrainedConfiguration(seeds: 0..<1), test: Double? = 0.8,
        train: Double? = 1, loss: Double? = nil, epochs: Int? = 40, architecture: String = "784-8-10"
    ) -> Network {
        var columns: [String: Double] = ["weight_norm_l2": 1]
        columns["test_accuracy"] = test
        columns["train_accuracy"] = train
        columns["train_loss"] = loss
        return Network(
            hyperparameters: configuration.hyperparameters(architecture: architecture), columns: columns,
            epochs: epochs)
    }

    private func finding(_ count: Int?, of judged: Int, _ unknown: Health.Unknown? = nil) -> (Health.Finding) -> Bool {
        { $0.count == count && $0.judged == judged && $0.unknown == unknown }
    }

    @Test("Networks are counted by how they came out, over all and for each configuration")
    func counted() throws {
        let slow = TrainedConfiguration(seeds: 0..<6, epochs: 80)
        let fast = TrainedConfiguration(seeds: 0..<5, epochs: 100, learningRate: 2)
        var networks = [
            network(slow), network(slow, train: 0.9, epochs: 80), network(slow, train: 0.995, epochs: 80),
            network(slow, epochs: 10), network(slow), network(slow),
        ]
        networks += [
            network(fast, test: 0.1135, train: 0.12, epochs: 100), network(fast, test: 0.0892, train: 0.1, epochs: 100),
            network(fast, epochs: 80),
        ]
        networks.append(Network(hyperparameters: fast.hyperparameters(), columns: [:], failure: "loss is not finite"))
        let health = try health(networks, [slow, fast])

        let all = health.overall
        #expect(all.planned == 11 && all.made == 9 && all.failed == 1 && all.missing == 1 && !all.isSound)
        #expect(finding(2, of: 9)(all.collapsed))
        // The third of the slow ones met the rule in its last epoch.
        #expect(finding(3, of: 9)(all.stoppedAtCap) && finding(3, of: 9)(all.notMemorised))
        #expect(health.collapsedRows == [6, 7])
        #expect(health.caps == [80, 100] && health.trainedTo == [0.99])
        #expect(!all.isMostlyCapped)

        let (first, second) = (health.configurations[0], health.configurations[1])
        #expect(first.label == "learning_rate 0.1" && second.label == "learning_rate 2")
        #expect(first.cap == 80 && second.cap == 100)
        #expect(first.counts.planned == 6 && first.counts.made == 6 && first.counts.failed == 0)
        #expect(finding(0, of: 6)(first.counts.collapsed) && finding(1, of: 6)(first.counts.stoppedAtCap))
        #expect(second.counts.planned == 5 && second.counts.made == 3 && second.counts.failed == 1)
        #expect(finding(2, of: 3)(second.counts.collapsed) && finding(2, of: 3)(second.counts.notMemorised))
        #expect(second.counts.isMostlyCapped && !first.counts.isMostlyCapped && second.counts.missing == 1)
    }

    @Test("Where all is well nothing is counted, and one configuration is no table")
    func sound() throws {
        let plan = TrainedConfiguration(seeds: 0..<4)
        let health = try health((0..<4).map { _ in network() }, [plan])
        #expect(health.overall.isSound && health.configurations.isEmpty && health.collapsedRows.isEmpty)
        #expect(finding(0, of: 4)(health.overall.collapsed) && finding(0, of: 4)(health.overall.stoppedAtCap))
    }

    @Test(
        "At chance is up to three binomial standard errors above 1/classes, or 15 % of it",
        arguments: [
            (classes: 10, points: 10000, most: 0.115), (10, 400, 0.145), (2, 100, 0.65), (2, 10000, 0.575),
            (10, nil, 0.115),
        ])
    func chance(classes: Int, points: Int?, most: Double) throws {
        #expect(abs(ChanceAccuracy(classes: classes, points: points).most - most) < 1e-12)
        let archive = try Archive()
        let plan = TrainedConfiguration(seeds: 0..<2)
        let study = SyntheticStudy(
            networks: [0, 1].map { _ in network(test: nil, architecture: "784-8-\(classes)") },
            population: TrainedConfiguration.population([plan]))
        let record = try study.enter(in: archive.store)
        let run = try #require(try archive.store.runs(of: record.id).first)
        for (model, accuracy) in zip(try archive.store.models(of: record.id), [most - 1e-9, most + 1e-9]) {
            try archive.store.add(
                [MeasurementRecord(measure: "test_accuracy", value: accuracy, effort: points ?? 1)], to: model.id,
                run: run.id)
        }
        let health = try #require(Health(of: Population(of: record, in: archive.store)))
        #expect(health.collapsedRows == [0] && finding(1, of: 2)(health.overall.collapsed))
    }

    @Test("What columns and definition do not tell is unknown, with the reason, and never 0")
    func unknown() throws {
        let plan = TrainedConfiguration(seeds: 0..<2)
        func overall(_ networks: [Network], _ plan: TrainedConfiguration) throws -> Health.Counts {
            try health(networks, [plan]).overall
        }
        let unmeasured = try overall([network(test: nil, train: nil, epochs: nil)], plan)
        #expect(finding(nil, of: 0, .noTestAccuracy)(unmeasured.collapsed))
        #expect(finding(nil, of: 0, .noEpochs)(unmeasured.stoppedAtCap))
        #expect(finding(nil, of: 0, .noTrainingAccuracy)(unmeasured.notMemorised))
        let some = try overall([network(), network(test: nil)], plan)
        #expect(finding(0, of: 1, .noTestAccuracy)(some.collapsed))
        #expect(
            finding(nil, of: 0, .noClasses)(try overall([network(architecture: "a tree")], plan).collapsed))
        let fixed = try overall([network(epochs: 100)], TrainedConfiguration(seeds: 0..<2, stop: nil))
        #expect(finding(nil, of: 0, .fixedEpochs)(fixed.stoppedAtCap))
        #expect(finding(nil, of: 0, .fixedEpochs)(fixed.notMemorised))
        let late = try overall([network(epochs: 10)], TrainedConfiguration(seeds: 0..<2, epochs: 10))
        #expect(finding(nil, of: 0, .fixedEpochs)(late.stoppedAtCap))
        let partly = try overall([network(train: 0.9)], TrainedConfiguration(seeds: 0..<2, stopPoints: 100))
        #expect(finding(nil, of: 0, .stopsBySomePoints)(partly.notMemorised))
        let none = try overall([Network(columns: [:], failure: "no luck")], plan)
        #expect(finding(nil, of: 0, .noNetwork)(none.collapsed) && none.failed == 1 && none.missing == 1)
    }

    @Test("A stop at a loss is missed by a loss above it, at the cap alone")
    func losses() throws {
        let plan = TrainedConfiguration(seeds: 0..<5, stop: nil, stopLoss: 0.01)
        let networks = [
            network(plan, loss: 0.0099), network(plan, loss: 0.010_000_01), network(plan, loss: 0.02, epochs: 100),
            network(plan, loss: 0.0098, epochs: 100), network(plan, train: 0.9, loss: 0.5, epochs: 100),
        ]
        let health = try health(networks, [plan])
        #expect(finding(2, of: 5)(health.overall.stoppedAtCap) && finding(2, of: 5)(health.overall.notMemorised))
        #expect(health.trainedTo.isEmpty && health.trainedToLosses == [0.01])
        let unmeasured = try self.health([network(plan, epochs: 100), network(plan)], [plan]).overall
        #expect(finding(1, of: 2)(unmeasured.stoppedAtCap))
        #expect(finding(0, of: 1, .noTrainingLoss)(unmeasured.notMemorised))
        var partly = plan
        partly.stopPoints = 100
        let some = try self.health([network(partly, loss: 0.001, epochs: 100)], [partly]).overall
        #expect(finding(nil, of: 0, .stopsBySomePoints)(some.stoppedAtCap))
        #expect(finding(nil, of: 0, .stopsBySomePoints)(some.notMemorised))
    }

    @Test("A stop at an accuracy and a loss is missed by either")
    func both() throws {
        let plan = TrainedConfiguration(seeds: 0..<4, stopLoss: 0.01)
        let networks = [
            network(plan, train: 1, loss: 0.02, epochs: 100), network(plan, train: 0.9, loss: 0.001, epochs: 100),
            network(plan, train: 1, loss: 0.001, epochs: 100), network(plan, train: 1, loss: 0.001),
        ]
        let health = try health(networks, [plan])
        #expect(finding(2, of: 4)(health.overall.stoppedAtCap) && finding(2, of: 4)(health.overall.notMemorised))
        #expect(health.trainedTo == [0.99] && health.trainedToLosses == [0.01])
    }

    @Test("Epochs that were measured stand in for those that were not recorded")
    func measuredEpochs() throws {
        var networks = [network(train: 0.5, epochs: nil), network(epochs: nil)]
        networks[0].columns["epochs"] = 100
        networks[1].columns["epochs"] = 90
        let health = try health(networks, [TrainedConfiguration(seeds: 0..<2)])
        #expect(finding(1, of: 2)(health.overall.stoppedAtCap) && !health.overall.isMostlyCapped)
    }

    @Test("A definition that says nothing of training lets know what failed, and no plan where it has fewer networks")
    func otherPrograms() throws {
        let study = SyntheticStudy(networks: (0..<5).map { _ in network() }, population: "{}")
        let health = try #require(Health(of: Archive().population(study)))
        #expect(health.overall.planned == nil && health.overall.made == 5 && health.overall.failed == 0)
        #expect(finding(0, of: 5)(health.overall.collapsed))
        #expect(finding(nil, of: 0, .noTraining)(health.overall.stoppedAtCap) && health.overall.isSound)
    }

    @Test("A lab's models have no health")
    func lab() throws {
        let study = SyntheticStudy(
            networks: [network()], population: #"{"configurations":[{"lab":{"experiment":"none"},"seeds":[0]}]}"#)
        #expect(try Health(of: Archive().population(study)) == nil)
    }

    @Test("A network at two positions is made twice, and left out with both")
    func repeats() throws {
        var networks = [network(test: 0.1), network(), network(test: 0.1), network()]
        for index in networks.indices { networks[index].digest = "network \(index % 2)" }
        let study = SyntheticStudy(
            networks: networks, population: TrainedConfiguration.population([TrainedConfiguration(seeds: 0..<4)]))
        let population = try Archive().population(study)
        let health = try #require(Health(of: population))
        #expect(health.overall.made == 4 && finding(2, of: 4)(health.overall.collapsed))
        #expect(health.collapsedRows == [0])
        let rest = population.without(health.collapsedRows)
        #expect(rest.models.map(\.position) == [1] && rest.repeats == 1)
        #expect(Health(of: rest)?.overall.made == 2)
    }
}
