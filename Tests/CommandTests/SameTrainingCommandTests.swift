import Foundation
import Results
import TestSupport
import Testing

@Suite struct SameTrainingCommandTests {
    /// Five networks of 60 points, each in three ways that come to the same.
    private func study(_ population: String, measures: String = "test_accuracy, weight_norm_l2, train_loss") -> String {
        """
        name: thrice
        data: {dataset: synthetic, training_points: 60, seed: 3}
        network: {hidden: [12, 6]}
        training: {learning_rate: 0.2, batch_size: 16, epochs: 40, stop: {every: 5, accuracy: 0.01}}
        population: {seeds: 0-4, \(population)}
        measures: [\(measures)]
        """
    }

    @Test(
        "A network that a study has in three ways counts once: in correlations, in verdicts and in every view",
        arguments: [
            "grid: {training.schedule_floor: [0, 0.1, 0.2]}",
            "grid: {training.learning_rate: [0.2, 0.2000000001, 0.20000000011]}",
            // What only the training shows: all three stop after the same epoch.
            "grid: {training.epochs: [40, 41, 50]}",
        ])
    func once(population: String) throws {
        let place = try Workplace(networks: 1)
        try place.folder.write(study(population), to: "thrice.yml")
        let run = try place.basin("run", "thrice.yml")
        #expect(run.status == 0, "\(run.errors)")
        func column(_ arguments: String..., name: String) throws -> [String] {
            let lines = try place.start(arguments + ["--format", "csv"]).wait().output.split(
                whereSeparator: \.isNewline
            )
            .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
            let index = try #require(lines.first?.firstIndex(of: name))
            return lines.dropFirst().map { $0[index] }
        }
        #expect(try Set(column("correlate", "thrice.yml", name: "n")) == ["5"])
        #expect(try Set(column("verdict", "thrice.yml", name: "n")) == ["5"])
        #expect(try column("sql", "SELECT count(*) AS n FROM models", name: "n") == ["5"])
        #expect(
            try column("sql", "SELECT sum(networks) AS n FROM regime_summary GROUP BY measure", name: "n") == [
                "5", "5", "5",
            ])
        #expect(try column("sql", "SELECT trained || ' ' || repeated AS n FROM studies", name: "n") == ["5 10"])
        #expect(try column("sql", "SELECT count(*) AS n FROM model", name: "n") == ["15"])
        let rho = try column("sql", "SELECT spearman(weight_norm_l2, test_accuracy) AS rho FROM models", name: "rho")
        let own = try column("correlate", "thrice.yml", name: "rho")
        #expect(own.contains { abs((Double($0) ?? 9) - (Double(rho[0]) ?? 7)) < 1e-12 }, "\(own), \(rho)")
    }
}
