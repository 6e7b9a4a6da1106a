import Foundation
import Testing

/// `basin run STUDY --plan`.
@Suite struct PlanTests {
    private static let columns = [
        "configuration", "dataset", "training_points", "batch_size", "learning_rate", "networks", "finished", "missing",
        "epochs_at_most", "seconds_at_most", "megabytes",
    ]

    /// Everything below a folder with its content.
    private func content(_ place: Workplace) throws -> [String: Data] {
        let names = FileManager.default.enumerator(atPath: place.folder.path)?.compactMap { $0 as? String } ?? []
        // What the commands themselves say lies there too.
        let kept = names.filter { !$0.hasSuffix(".out") && !$0.hasSuffix(".err") }
        return Dictionary(
            uniqueKeysWithValues: kept.map { ($0, FileManager.default.contents(atPath: place.folder($0)) ?? Data()) })
    }

    @Test("A plan lists the configurations, says the whole in a sentence, and changes no file")
    func lists() throws {
        let place = try Workplace()
        let before = try content(place)
        let answer = try place.basin("run", "toy", "--plan", "--jobs", "2", "--format", "json")
        #expect(answer.status == 0, "\(answer.errors)")
        let row = try #require(try rows(answer).first)
        #expect(try rows(answer).count == 1 && Set(row.keys) == Set(Self.columns))
        #expect(row["configuration"] is NSNull && row["dataset"] as? String == "synthetic")
        #expect(
            ["training_points", "batch_size", "networks", "finished", "missing", "epochs_at_most"].map {
                row[$0] as? Int
            }
                == [60, 16, 4, 0, 4, 40])
        #expect(row["learning_rate"] as? Double == 0.2)
        #expect((row["seconds_at_most"] as? Double).map { $0 >= 0 } == true && row["megabytes"] is Double)
        let sentence =
            /basin: 4 of 4 networks to make: about \d+ s at most with 2 jobs, 0 MB in the results file\. .+\.\n/
        #expect(answer.errors.wholeMatch(of: sentence) != nil, "\(answer.errors)")
        #expect(try content(place) == before)
        let csv = try place.basin("run", "toy", "--plan")
        #expect(
            csv.output.split(whereSeparator: \.isNewline).first.map(String.init) == Self.columns.joined(separator: ","))
    }

    @Test("The largest numbers that a study file can state have a plan")
    func largest() throws {
        let place = try Workplace()
        try place.folder.write(
            """
            data: {dataset: synthetic, training_points: 60}
            network: {hidden: [4]}
            training:
              learning_rate: 0.1
              batch_size: full
              warm_up: \(Int.max - 1)
              schedule: cosine
              schedule_pace: step
              epochs: \(Int.max)
              stop: {every: \(Int.max), accuracy: 0.5, points: \(Int.max)}
              drops: [{epoch: \(Int.max), factor: 0.5}]
            population: {seeds: \(Int.max)}
            measures: [test_accuracy]
            """, to: "studies/large.yml")
        let answer = try place.basin("run", "large", "--plan", "--format", "json")
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(try rows(answer).first?["networks"] as? Int == 1)
    }

    @Test("A plan counts what the results file has, and leaves it as it is")
    func goesOn() throws {
        let place = try Workplace()
        #expect(try place.basin("run", "toy", "--limit", "1").status == 0)
        let before = try content(place)
        let plan = try place.basin("run", "toy", "--plan", "--limit", "2", "--jobs", "1", "--format", "json")
        let row = try #require(try rows(plan).first)
        #expect(["networks", "finished", "missing"].map { row[$0] as? Int } == [4, 1, 2])
        #expect(plan.errors.contains("2 of 4 networks to make") && plan.errors.contains("with one job"))
        #expect(try content(place) == before)
        let elsewhere = try place.basin("run", "toy", "--plan", "--db", "none.sqlite")
        #expect(elsewhere.status == 0 && elsewhere.errors.contains("4 of 4 networks"))
        #expect(try content(place) == before)
    }

    @Test("Configurations are named by what they vary, copies by what was done to them")
    func named() throws {
        let place = try Workplace()
        let text = try String(contentsOfFile: place.folder("studies/toy.yml"), encoding: .utf8)
        try place.folder.write(
            text.replacing("name: toy", with: "name: copied").replacing(
                "{seeds: 0-3}",
                with: "{seeds: 0-3, grid: {training.batch_size: [16, full]}, rescaled: {seeds: [1], factors: {1: [2]}}}"
            ),
            to: "studies/copied.yml")
        let answer = try place.basin("run", "copied", "--plan", "--format", "json")
        let rows = try rows(answer)
        #expect(
            rows.map { $0["configuration"] as? String } == [
                "batch_size 16", "batch_size full", "batch_size 16, layer 1 x 2", "batch_size full, layer 1 x 2",
            ])
        #expect(rows.map { $0["batch_size"] as? Int } == [16, 60, 16, 60])
        #expect(rows.map { $0["missing"] as? Int } == [4, 4, 1, 1])
        #expect(rows.map { $0["epochs_at_most"] as? Int } == [40, 40, 0, 0])
    }

    @Test("What cannot be run is refused with the same words, and nothing is written")
    func refused() throws {
        let place = try Workplace()
        try place.folder.write("no database, sixteen bytes and more", to: "text.sqlite")
        try place.writeStudy("large", points: 161)
        let before = try content(place)
        for (arguments, word) in [
            (["toi"], "'toy'"), (["toy", "--measures", "hessian_trac"], "'hessian_trace'"),
            (["large"], "training_points"),
            (["toy", "--db", "text.sqlite"], "text.sqlite"), (["toy", "--shard", "3/2"], "--shard"),
        ] {
            let answer = try place.start(["run", "--plan"] + arguments).wait()
            #expect(answer.status == 2 && answer.output.isEmpty, "\(arguments)")
            #expect(answer.errors.contains(word), "\(answer.errors)")
        }
        #expect(try content(place) == before)
    }
}
