import Foundation
import Testing

@Suite struct LostVariationTests {
    private func place(_ population: String) throws -> Workplace {
        let place = try Workplace(networks: 1)
        try place.folder.write(
            """
            name: lost
            data: {dataset: synthetic, training_points: 60, seed: 3, probes: {count: 10, seed: 4}}
            network: {hidden: [12, 6]}
            training: {learning_rate: 0.2, batch_size: 16, epochs: 20}
            population: {\(population)}
            measures: [test_accuracy, pair_proxy, weight_norm_l2]
            """, to: "studies/lost.yml")
        return place
    }

    private func refused(
        _ answer: Answer, _ words: String..., sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(answer.status == 2 && answer.output.isEmpty, "\(answer)", sourceLocation: sourceLocation)
        for word in words { #expect(answer.errors.contains(word), "\(answer.errors)", sourceLocation: sourceLocation) }
        #expect(!answer.errors.contains("neither regimes nor a grid"), sourceLocation: sourceLocation)
    }

    @Test("Where all networks of the other values failed, it is said which are left and how many failed")
    func failed() throws {
        let place = try place("seeds: 0-5, grid: {training.learning_rate: [0.2, 1e30]}")
        #expect(try place.basin("run", "lost").status == 0)
        let left = "Only networks of 'lost' with learning_rate 0.2 have values; 6 failed."
        refused(try place.basin("robustness", "lost"), left)
        refused(try place.basin("correlate", "lost", "--within", "learning_rate"), left, "'learning_rate'")
        refused(try place.basin("correlate", "lost", "--given", "learning_rate"), left)
        refused(try place.basin("meta", "lost", "--over", "learning_rate"), left)
        #expect(try place.basin("correlate", "lost").status == 0)
        #expect(try place.basin("report", "lost").status == 0)
    }

    @Test("Where the networks of the other regime are still to be made, it is said how many, and by what")
    func missing() throws {
        let place = try place("seeds: 0-3, regimes: {a: {}, b: {training.epochs: 10}}")
        #expect(try place.basin("run", "lost", "--limit", "4").status == 0)
        let left = "Only networks of 'lost' with regime a have values; 4 are still to be made with 'basin run lost'."
        refused(try place.basin("robustness", "lost"), left)
        refused(try place.basin("correlate", "lost", "--within", "regime"), left)
        #expect(try place.basin("run", "lost").status == 0)
        #expect(try place.basin("robustness", "lost").status == 0)
    }

    @Test("Where one of two varied keys is left with one value, the other can still be asked about")
    func oneOfTwo() throws {
        let place = try place("seeds: 0-3, grid: {training.learning_rate: [0.2, 1e30], training.batch_size: [10, 20]}")
        #expect(try place.basin("run", "lost").status == 0)
        #expect(try place.basin("robustness", "lost").status == 0)
        refused(
            try place.basin("correlate", "lost", "--within", "learning_rate"),
            "Only networks of 'lost' with learning_rate 0.2 have values; 8 failed.")
        refused(try place.basin("correlate", "lost", "--within", "batch_siz"), "Did you mean 'batch_size'?")
    }
}
