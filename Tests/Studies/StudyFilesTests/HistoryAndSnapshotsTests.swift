import Definitions
import Digests
import Measures
import StudyFiles
import TestSupport
import Testing

@Suite struct HistoryAndSnapshotsTests {
    private func training(_ history: String) -> String { "learning_rate: 0.1, batch_size: 64, epochs: 40\(history)" }

    private func definition(_ history: String) throws -> StudySpecification.Definition {
        try readExample(population: "seeds: 0-9", training: training(history)).definition
    }

    private func history(_ history: String) throws -> HistorySpecification? {
        try definition(history).configurations[0].model.kind.history
    }

    @Test("A history is written down every so many epochs, or at powers of two, at the beginning and at the end")
    func epochs() throws {
        let every = try #require(try history(", history: {every: 10, also: [test_accuracy, hessian_trace]}"))
        #expect(every == HistorySpecification(every: 10, also: [.testAccuracy, .hessianTrace]))
        #expect(every.quantities == [.trainLoss, .trainAccuracy, .testAccuracy, .hessianTrace])
        #expect(every.epochs(upTo: 40) == [0, 10, 20, 30, 40] && every.epochs(upTo: 35) == [0, 10, 20, 30, 35])
        let doubling = try #require(try history(", history: {every: powers-of-two}"))
        #expect(doubling.epochs(upTo: 40) == [0, 1, 2, 4, 8, 16, 32, 40] && doubling.epochs(upTo: 4) == [0, 1, 2, 4])
        #expect(try history("") == nil)
        for specification in [every, doubling, HistorySpecification(every: 1)] {
            for last in 0...70 { #expect(specification.count(upTo: last) == specification.epochs(upTo: last).count) }
        }
    }

    @Test("A study says whether and how its trainings are written down; its networks are the same")
    func digests() throws {
        let (plain, kept) = (try definition(""), try definition(", history: {every: 5, also: [gradient_noise]}"))
        #expect(try plain.digest() != kept.digest() && !plain.canonicalJSON().contains("history"))
        #expect(try plain.models.map { try $0.digest } == kept.models.map { try $0.digest })
        #expect(try CanonicalJSON.value(StudySpecification.Definition.self, of: kept.canonicalJSON()) == kept)
        // In another arithmetic, too: measures that read it have their range.
        #expect(kept.rounded(1)?.configurations[0].model.kind.history != nil)
    }

    @Test("Snapshots come last, by epoch; each is a variant with a digest of its own and its network's training")
    func snapshots() throws {
        let population = "seeds: 0-1, regimes: {a: {}, b: {}}, rescaled: {seeds: 0, factors: {1: [2]}}, "
        let definition = try readExample(
            population: population + "snapshots: [5, 0]", training: training("")
        ).definition
        let models = definition.models
        #expect(
            models.dropFirst(4).map(\.label) == [
                "a, seed 0, layer 1 x 2", "b, seed 0, layer 1 x 2", "a, seed 0, epoch 0", "a, seed 1, epoch 0",
                "b, seed 0, epoch 0", "b, seed 1, epoch 0", "a, seed 0, epoch 5", "a, seed 1, epoch 5",
                "b, seed 0, epoch 5", "b, seed 1, epoch 5",
            ])
        #expect(models[11].configuration.variant == .snapshot(epoch: 5))
        #expect(ModelVariant.epoch(ofSnapshot: "epoch 5") == 5 && ModelVariant.epoch(ofSnapshot: "layer 1 x 2") == nil)
        #expect(models.allSatisfy { $0.snapshots == [0, 5] })
        for model in models {
            let network = try #require(
                models.first { $0.seed == model.seed && $0.configuration.regime == model.configuration.regime })
            #expect(try model.trainingDigest == network.trainingDigest)
        }
        // The regimes are one training.
        #expect(Set(try models.map { try $0.digest }).count == 7)
        #expect(
            try CanonicalJSON.value(StudySpecification.Definition.self, of: definition.canonicalJSON()) == definition)
        #expect(definition.rounded(1)?.configurations.count == 2)
        #expect(
            try models[11].configuration.hyperparameters([:]) == #"{"snapshot_epoch":5}"#)
    }

    @Test(
        "What is wrong with a history is said with its line",
        arguments: [
            ("{}", "training.history lacks 'every': a number of epochs, or powers-of-two"),
            ("{every: 0}", "training.history.every must be at least 1, not 0"),
            (
                "{every: power-of-two}",
                "training.history.every must be a whole number of epochs, or powers-of-two, not 'power-of-two'"
            ),
            (
                "{every: 5, also: [test_acuracy]}",
                "training.history.also: cannot have 'test_acuracy'. Did you mean 'test_accuracy'?"
            ),
            ("{every: 5, beside: []}", "unknown key 'beside' in training.history. Known names: also, every."),
        ])
    func refusedHistory(history: String, message: String) throws {
        #expect(
            try problems(example(population: "seeds: 0-9", training: training(", history: \(history)"))) == [
                "5: \(message)"
            ])
    }

    @Test(
        "What is wrong with snapshots is said with its line",
        arguments: [
            (
                "[40]",
                "population.snapshots 40 is no epoch before the last: training has 40, after which there is the "
                    + "network itself"
            ),
            ("[-1]", "population.snapshots: an epoch must be a whole number of at least 0, not '-1'"),
            ("[3, 3]", "population.snapshots 3 is given twice"),
            ("5", "population.snapshots must be a list, not '5'"),
        ])
    func refusedSnapshots(snapshots: String, message: String) throws {
        let text = example(population: "seeds: 0-2, snapshots: \(snapshots)", training: training(""))
        #expect(try problems(text) == ["6: \(message)"])
    }
}
