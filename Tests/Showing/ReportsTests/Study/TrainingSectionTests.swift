import Measures
import Reports
import SyntheticStudies
import TestSupport
import Testing

@Suite struct TrainingSectionTests {
    private func report(every epochs: [Int]) throws -> StudyReport {
        func history(_ seed: Int) -> TrainingHistory {
            TrainingHistory(
                epochs.map { epoch in
                    let loss = Double(5 + seed) / Double(1 + epoch)
                    return TrainingHistory.Entry(epoch: epoch, values: [.trainLoss: loss])
                })
        }
        let networks = (0..<5).map { seed in
            SyntheticStudy.Network(
                columns: ["test_accuracy": Double(seed) / 10, "hessian_trace": Double(seed * seed)],
                history: history(seed))
        }
        let snapshots = (0..<5).map { seed in
            SyntheticStudy.Network(
                columns: ["test_accuracy": 0.1, "hessian_trace": Double(-seed)], copyOf: seed, variant: "epoch 3")
        }
        let archive = try Archive()
        return try StudyReport(
            of: archive.population(SyntheticStudy(networks: networks + snapshots)), in: archive.store)
    }

    @Test("A history is a picture of medians with quartiles, on an axis that doubles where its epochs do")
    func history() throws {
        for (epochs, axis, count) in [
            ([0, 1, 2, 4, 8, 16, 32], "epochs (log scale)", 6), ([0, 10, 20, 30], "epochs", 4),
        ] {
            let report = try report(every: epochs)
            #expect(report.markdown.contains("## Training\n\nMedians over 5 networks, bars from"))
            #expect(report.markdown.contains("basin sql \"SELECT * FROM training_history WHERE study = 'toy'\""))
            let picture = try #require(report.pictures.first { $0.name == "curve-training-train_loss.svg" })
            let svg = try ParsedSVG(picture.svg)
            #expect(svg.texts.contains(axis), "\(svg.texts)")
            #expect(svg.all("circle", inClass: "series-0").count == count)
        }
    }

    @Test("Snapshots are a table of correlations by epoch, and a picture; counts are without them")
    func snapshots() throws {
        let report = try report(every: [0, 10])
        #expect(report.markdown.contains("## Along training\n\n1 snapshot of each network"))
        #expect(report.markdown.contains("| hessian_trace | -1.000 | 1.000 | yes |"))
        #expect(report.pictures.contains { $0.name == "curve-along-training.svg" })
        #expect(report.markdown.contains("5 trained networks of 3") && report.markdown.contains("with 5 variants"))
        #expect(!report.markdown.contains("Reparameterised copies"))
    }

    @Test("A study that wrote nothing down and kept nothing has neither section")
    func neither() throws {
        let archive = try Archive()
        let text = try StudyReport(
            of: archive.population(SyntheticStudy(networks: rescaledNetworks())), in: archive.store
        ).markdown
        #expect(!text.contains("## Training") && !text.contains("## Along training"))
    }
}
