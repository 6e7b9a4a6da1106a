import Foundation
import TestSupport
import Testing

/// A study of batch sizes as a user would make one, from its file to its report.
@Suite struct GridStudyTests {
    private let study = """
        name: batch-size
        title: Batch sizes on two data sets
        data: {dataset: one, training_points: 40, seed: 3, probes: {count: 10}}
        network: {hidden: [12, 6]}
        training:
          learning_rate: 0.1
          reference_batch_size: 16
          batch_size: 16
          epochs: 40
          stop: {every: 5, accuracy: 1, points: 30}
          drops: [{epoch: 30, factor: 0.1}]
        population:
          seeds: 0-2
          grid:
            data.dataset: [one, two]
            data.training_points: [40, 80]
            training.batch_size: [8, 16, full]
            training.learning_rate_scaling: [constant, linear, square-root]
        measures: [test_accuracy, pair_proxy, hessian_trace, ensemble_agreement, weight_norm_l2, epochs]
        """

    private func rows(_ place: Workplace, _ query: String) throws -> [[String]] {
        let answer = try place.basin("sql", query, "--format", "csv")
        #expect(answer.status == 0, "\(answer.errors)")
        return answer.output.split(whereSeparator: \.isNewline).dropFirst().map {
            $0.split(separator: ",").map(String.init)
        }
    }

    @Test("A study of batch sizes runs, can be asked, correlated and reported")
    func batchSizes() throws {
        let place = try Workplace()
        try place.writeData(SyntheticImages(seed: 1).arrays, named: "one")
        try place.writeData(SyntheticImages(seed: 2).arrays, named: "two")
        try place.folder.write(study, to: "studies/batch-size.yml")
        let run = try place.basin("run", "batch-size", "--jobs", "2", "--limit", "50")
        #expect(run.status == 0 && run.errors.contains("50/50 networks"), "\(run.errors)")
        let rest = try place.basin("run", "batch-size", "--jobs", "2")
        #expect(rest.errors.contains("58/58 networks"), "\(rest.errors)")
        #expect(try place.basin("run", "batch-size").errors.contains("108 networks, nothing left to do"))
        #expect(try place.basin("run", "batch-size", "--jobs", "1", "--db", "one.sqlite").status == 0)
        #expect(try place.digest(of: "batch-size") == place.digest(of: "batch-size", in: "one.sqlite"))

        let cells = try rows(
            place,
            """
            SELECT hyperparameters ->> 'dataset', hyperparameters ->> 'training_points', hyperparameters ->> \
            'batch_size',
                hyperparameters ->> 'learning_rate_scaling', count(*), min(hyperparameters ->> 'learning_rate'),
                count(test_accuracy) FROM models GROUP BY 1, 2, 3, 4 ORDER BY min(position)
            """)
        var expected: [[String]] = []
        for dataset in ["one", "two"] {
            for points in [40, 80] {
                for batch in [8, 16, points] {
                    // At the reference batch size the three rules are one training, which counts once.
                    let rules = [("constant", 0.0), ("linear", 1), ("square-root", 0.5)]
                    for (rule, power) in batch == 16 ? Array(rules.prefix(1)) : rules {
                        let rate = 0.1 * pow(Double(batch) / 16, power)
                        expected.append([dataset, "\(points)", "\(batch)", rule, "3", "\(rate)", "3"])
                    }
                }
            }
        }
        #expect(cells.count == 28)
        for (cell, wanted) in zip(cells, expected) {
            #expect(abs((Double(cell[5]) ?? 0) - (Double(wanted[5]) ?? 1)) < 1e-12)
            #expect(cell[..<5] == wanted[..<5] && cell[6] == wanted[6])
        }
        // At the reference batch size the three rules are one training.
        #expect(
            try rows(place, "SELECT count(DISTINCT training_digest), count(DISTINCT label) FROM model") == [
                ["84", "108"]
            ])

        let correlations = try place.basin("correlate", "batch-size", "--given", "batch_size", "--format", "csv")
        #expect(correlations.status == 0, "\(correlations.errors)")
        let report = try place.basin("report", "batch-size")
        #expect(report.status == 0 && report.output == "reports/batch-size/report.md\n", "\(report.errors)")
        let text = try String(contentsOfFile: place.folder("reports/batch-size/report.md"), encoding: .utf8)
        #expect(text.contains("Batch sizes on two data sets") && text.contains("108"))
        #expect(text.contains("batch_size") && text.contains("learning_rate_scaling"))
        #expect(try place.folder.names().contains("reports"))
    }
}
