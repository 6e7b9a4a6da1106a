import Foundation
import Testing

/// What `basin verdict` says of networks that learned nothing or did not finish.
@Suite struct HealthCommandTests {
    /// Half of the networks hardly move from where they start, and end at the cap of epochs.
    private func place() throws -> Workplace {
        let place = try Workplace(networks: 1)
        try place.folder.write(
            """
            name: stuck
            data: {dataset: synthetic, training_points: 60, seed: 3, probes: {count: 10, seed: 4}}
            network: {hidden: [12, 6]}
            training: {learning_rate: 0.2, batch_size: 16, epochs: 60, stop: {every: 5, accuracy: 1}}
            population: {seeds: 0-7, grid: {training.learning_rate: [0.2, 1.0e-7]}}
            measures: [test_accuracy, train_accuracy, weight_norm_l2]
            """, to: "studies/stuck.yml")
        return place
    }

    @Test("Networks at chance, and a cap that most ran into, are told on standard error; the flag leaves them out")
    func stuck() throws {
        let place = try place()
        #expect(try place.basin("run", "stuck").status == 0)
        let all = try place.basin("verdict", "stuck", "--sentences")
        #expect(all.status == 0)
        let told = try #require(
            all.errors.firstMatch(
                of:
                    /basin: (\d+) of 16 networks are at chance \(test accuracy of at most 0\.\d+\): 'basin verdict/
            ))
        let collapsed = try #require(Int(told.1))
        #expect(collapsed >= 7 && collapsed < 14)
        #expect(all.errors.contains("--without-collapsed' judges without them\n"))
        #expect(all.errors.contains(/basin: \d+ of 16 networks stopped at the cap of 60 epochs, before the stopping/))
        let rest = try place.basin("verdict", "stuck", "--sentences", "--without-collapsed")
        #expect(rest.status == 0)
        #expect(rest.errors.contains("basin: judged without \(collapsed) of 16 networks, which are at chance"))
        #expect(all.output.contains("over 16 networks") && !rest.output.contains("over 16 networks"))
        #expect(rest.output.contains("over \(16 - collapsed) networks"))
        let report = try place.basin("report", "stuck", "--format", "terminal")
        #expect(
            report.output.contains("networks made") && report.output.contains("basin verdict stuck --without-collapsed")
        )
    }

    @Test("Where all is well nothing is said, and where it is not known what collapsed the flag is refused")
    func quiet() throws {
        let place = try place()
        #expect(try place.basin("run", "toy").status == 0)
        #expect(try place.basin("verdict", "toy").errors.isEmpty)
        let flagged = try place.basin("verdict", "toy", "--without-collapsed")
        #expect(flagged.status == 0 && flagged.errors == "basin: no network is at chance: all are judged\n")

        try MadeUpStudy(networks: 12).enter(at: place.folder("other.sqlite"))
        let unknown = try place.basin("verdict", "toy", "--without-collapsed", "--db", "other.sqlite")
        #expect(unknown.status == 2 && unknown.output.isEmpty)
        #expect(unknown.errors.contains("It is not known which networks of 'toy' collapsed: no hyperparameter tells"))
    }
}
