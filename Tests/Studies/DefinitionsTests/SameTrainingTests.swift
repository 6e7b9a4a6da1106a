import Definitions
import TestSupport
import Testing

@Suite struct SameTrainingTests {
    private func digest(_ training: String) throws -> String {
        let study = try readExample(population: "seeds: 0", training: training)
        return try #require(study.definition.models.first).trainingDigest
    }

    private static let base = "learning_rate: 0.5, batch_size: 250, epochs: 60"

    @Test(
        "Settings that mean the same training of 250 points have one digest",
        arguments: [
            "learning_rate: 0.5, batch_size: 300, epochs: 60", "learning_rate: 0.5, batch_size: full, epochs: 60",
            "learning_rate: 0.50000000001, batch_size: 500, epochs: 60",
            "\(base), drops: [{epoch: 60, factor: 0.5}]", "\(base), drops: [{epoch: 3, factor: 1}]",
            "\(base), stop: {every: 60, accuracy: 0.9}", "\(base), stop: {every: 100, accuracy: 0.5, points: 10}",
        ])
    func same(training: String) throws {
        #expect(try digest(training) == digest(Self.base))
    }

    @Test("A stop that looks at more points than there are looks at all")
    func stops() throws {
        let all = try digest("\(Self.base), stop: {every: 10, accuracy: 0.9}")
        for points in [250, 251, 100_000] {
            #expect(try digest("\(Self.base), stop: {every: 10, accuracy: 0.9, points: \(points)}") == all)
        }
        #expect(try digest("\(Self.base), stop: {every: 10, accuracy: 0.9, points: 249}") != all)
    }

    @Test(
        "Settings that make a difference to a training make one to its digest",
        arguments: [
            "learning_rate: 0.5000001, batch_size: 250, epochs: 60", "learning_rate: 0.5, batch_size: 249, epochs: 60",
            "learning_rate: 0.5, batch_size: 250, epochs: 61", "\(base), drops: [{epoch: 59, factor: 0.5}]",
            "\(base), stop: {every: 59, accuracy: 0.9}",
        ])
    func different(training: String) throws {
        #expect(try digest(training) != digest(Self.base))
    }

    @Test("The digest of a study is that of what it states: its trainings may be called in other ways elsewhere")
    func study() throws {
        let stated = try readExample(population: "seeds: 0", training: Self.base)
        let other = try readExample(
            population: "seeds: 0", training: "learning_rate: 0.5, batch_size: 500, epochs: 60")
        #expect(try stated.definition.digest() != other.definition.digest())
    }
}
