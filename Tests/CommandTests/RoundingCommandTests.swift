import Foundation
import Results
import Testing

/// `basin run --rounding`, and what other commands make of it.
@Suite struct RoundingCommandTests {
    private func rows(_ text: String) throws -> [[String: Any]] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    }

    @Test("A study runs in other arithmetics, whose ranges are printed and found again, and the study is as it was")
    func run() throws {
        let place = try Workplace(networks: 6)
        #expect(try place.basin("run", "toy", "--db", "alone.sqlite").status == 0)
        let answer = try place.basin("run", "toy", "--rounding", "2", "--jobs", "2", "--format", "json")
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(try place.digest() == place.digest(in: "alone.sqlite"))
        let measures = try rows(answer.output)
        #expect(
            measures.map { $0["measure"] as? String } == [
                "hessian_trace", "weight_norm_l2", "pair_proxy", "dead_units",
            ])
        let trace = try #require(measures.first)
        #expect(trace["arithmetics"] as? Int == 3)
        let (least, rho, greatest) = (trace["least"] as? Double, trace["rho"] as? Double, trace["greatest"] as? Double)
        #expect(try #require(least) <= #require(rho) && #require(rho) <= #require(greatest))
        // The ranges by hand, from what other commands say of each.
        let each = try ["toy", "toy-rounding-1", "toy-rounding-2"].map { name in
            let correlations = try rows(place.basin("correlate", name, "--format", "json").output)
            return try #require(correlations.first { $0["measure"] as? String == "hessian_trace" }?["rho"] as? Double)
        }
        #expect(rho == each[0] && least == each.min() && greatest == each.max())
        let shown = try place.basin("correlate", "toy", "--rounding", "--format", "json")
        #expect(shown.status == 0 && shown.output == answer.output)

        let sizes = try place.basin("sql", "SELECT study, count(*) AS n FROM models GROUP BY study", "--format", "csv")
        #expect(sizes.output.split(whereSeparator: \.isNewline).map(String.init) == ["study,n", "toy,6"])
        let others = try place.basin(
            "sql", "SELECT rounding, count(*) AS n, count(hessian_trace) AS m FROM rounding_models GROUP BY rounding",
            "--format", "csv")
        #expect(
            others.output.split(whereSeparator: \.isNewline).map(String.init) == ["rounding,n,m", "1,6,6", "2,6,6"])
        #expect(try place.basin("sql", "SELECT count(*) FROM studies", "--format", "csv").output.hasSuffix("1\r\n"))
        // Their weights are not kept.
        let kept = try place.basin("sql", "SELECT count(*) FROM weights", "--format", "csv")
        #expect(kept.output.hasSuffix("6\r\n"))
        #expect(try place.basin("report", "toy").status == 0)
        let text = try String(contentsOfFile: place.folder("reports/toy/report.md"), encoding: .utf8)
        #expect(text.contains("## Rounding"))
        let family = try place.basin("report", "*", "--format", "terminal")
        #expect(family.status == 0 && !family.output.contains("toy-rounding"))
    }

    @Test("The same command makes nothing twice, goes on with what is missing, and leaves the others as they are")
    func goesOn() throws {
        let place = try Workplace(networks: 4)
        let part = try place.basin("run", "toy", "--rounding", "1", "--limit", "3")
        #expect(part.status == 0 && part.output.isEmpty, "\(part.output)")
        #expect(part.errors.contains("1 network of 'toy' is missing"), "\(part.errors)")
        #expect(try place.basin("run", "toy").status == 0)
        let lacking = try place.basin("correlate", "toy", "--rounding")
        #expect(lacking.status == 2 && lacking.errors.contains("toy-rounding-1 lacks 1 network"), "\(lacking.errors)")
        let whole = try place.basin("run", "toy", "--rounding", "1")
        #expect(whole.status == 0 && whole.errors.contains("toy-rounding-1 v1: 1/1 networks"), "\(whole.errors)")
        let digest = try place.digest(of: "toy-rounding-1")
        let again = try place.basin("run", "toy", "--rounding", "1")
        #expect(again.status == 0 && again.output == whole.output && again.errors.contains("nothing left to do"))
        // As a study by its own name, too.
        #expect(try place.basin("run", "toy-rounding-1").errors.contains("4 networks, nothing left to do"))
        #expect(try place.digest(of: "toy-rounding-1") == digest)
        let other = try place.basin("run", "toy", "--rounding", "1", "--db", "other.sqlite", "--jobs", "1")
        #expect(other.status == 0 && other.output == whole.output)
        #expect(try place.digest(of: "toy-rounding-1", in: "other.sqlite") == digest)
    }

    @Test("A plan says what each arithmetic would take, and writes nothing")
    func plan() throws {
        let place = try Workplace()
        let answer = try place.basin("run", "toy", "--rounding", "2", "--plan", "--format", "json", "--jobs", "1")
        #expect(answer.status == 0 && answer.errors.contains("12 of 12 networks to make"), "\(answer.errors)")
        #expect(try rows(answer.output).map { $0["configuration"] as? String } == [nil, "rounding 1", "rounding 2"])
        #expect(try !place.folder.names().contains("basin.sqlite"))
    }

    @Test("What has no other arithmetic, and options that do not go together, are refused before anything is made")
    func refused() throws {
        let place = try Workplace()
        try place.folder.write(
            """
            lab: {experiment: sco-sa-gd, horizon: 17}
            population: {seeds: 0, grid: {lab.radius: [0.1, 0.2]}}
            measures: [population_risk]
            target: population_risk
            """, to: "studies/drift.yml")
        for (arguments, word) in [
            (["run", "drift", "--rounding", "2"], "not trained by 'basin run'"),
            (["run", "toy", "--rounding", "0"], "from 1 to 1000"),
            (["correlate", "toy", "--rounding", "--method", "kendall"], "--against is the option"),
        ] {
            let answer = try place.start(arguments).wait()
            #expect(answer.status == 2 && answer.errors.contains(word), "\(arguments): \(answer.errors)")
        }
        #expect(try !place.folder.names().contains("basin.sqlite"))
        #expect(try place.basin("run", "toy").status == 0)
        let none = try place.basin("correlate", "toy", "--rounding")
        #expect(none.status == 2 && none.errors.contains("'basin run toy --rounding 8' trains it in eight"))
    }
}
