import Foundation
import Results
import Testing

@Suite struct SimulateTests {
    @Test("A simulated study is written with its truths, can be asked like any other, and is the same again")
    func results() throws {
        let place = try Workplace(networks: 1)
        let request = ["simulate", "results", "--models", "300", "--measures", "6", "--seed", "4", "--name", "made-up"]
        let written = try place.start(request).wait()
        #expect(written.status == 0, "\(written.errors)")
        #expect(written.output.contains("pair_proxy,pair_proxy,causal,0.4,\r\n"))
        #expect(written.output.contains("test_loss,test_loss,leaking,,\r\n"))
        let correlated = try place.basin("correlate", "made-up", "--format", "json")
        #expect(correlated.status == 0, "\(correlated.errors)")
        let rows = try #require(
            try JSONSerialization.jsonObject(with: Data(correlated.output.utf8)) as? [[String: Any]])
        #expect(rows.count == 5 && rows.allSatisfy { ($0["interval"] as? String ?? "").hasPrefix("bootstrap") })
        #expect(rows.first { $0["measure"] as? String == "test_loss" }?["predictor"] as? String == "no")
        // Regime and grid are what the study varies.
        let varied = try place.basin("robustness", "made-up").output
        #expect(["psi regime", "psi learning_rate", "psi width"].allSatisfy(varied.prefix { $0 != "\r\n" }.contains))
        let digest = try place.digest(of: "made-up")
        #expect(try place.start(request).wait().status == 0)
        #expect(try place.start(request + ["--db", "again.sqlite"]).wait().status == 0)
        #expect(try place.digest(of: "made-up") == digest && place.digest(of: "made-up", in: "again.sqlite") == digest)
    }

    @Test("A study of a world is written with its truths, and judged in the words that the simulation counts")
    func worlds() throws {
        let place = try Workplace(networks: 1)
        let written = try place.basin(
            "simulate", "results", "--world", "u-shape", "--models", "80", "--seed", "5", "--format", "json")
        #expect(written.status == 0, "\(written.errors)")
        let columns = try rows(written.output)
        #expect(columns.map { $0["column"] as? String }.prefix(3) == ["target", "dead_units", "by_square"])
        #expect(columns[2]["errors"] as? String == "supported, masked")
        let judged = try place.basin("verdict", "simulated-u-shape", "--format", "json")
        #expect(judged.status == 0, "\(judged.errors)")
        var words: [String: Int] = [:]
        for row in try rows(judged.output) {
            let truth = columns.first { $0["column"] as? String == row["measure"] as? String }?["truth"] as? String
            if let truth { words["\(truth): \(row["verdict"] as? String ?? "")", default: 0] += 1 }
        }
        let counted = try rows(
            place.basin(
                "simulate", "verdicts", "--world", "u-shape", "--models", "80", "--seed", "5", "--studies", "1",
                "--format", "json"
            ).output)
        var expected: [String: Int] = [:]
        for row in counted {
            let (truth, all) = (row["truth"] as? String ?? "", row["verdicts"] as? Double ?? 0)
            for (word, share) in row where !["wrong", "errors", "truth", "world"].contains(word) {
                let share = (share as? String)?.split(separator: " ").first.flatMap { Double($0) } ?? 0
                if share > 0 { expected["\(truth): \(word)"] = Int((share * all).rounded()) }
            }
        }
        #expect(words == expected && words.values.reduce(0, +) == 5)
    }

    @Test("Worlds are listed with what is true in them, and with --world what is true of each measure")
    func list() throws {
        let place = try Workplace(networks: 1)
        let all = try rows(place.basin("simulate", "verdicts", "--list", "--format", "json").output)
        #expect(all.count > 40 && all.contains { $0["world"] as? String == "few-seeds" })
        #expect(all.allSatisfy { ($0["what_is_true"] as? String)?.hasSuffix(".") == true })
        let one = try rows(
            place.basin("simulate", "verdicts", "--list", "--world", "reverses", "--format", "json").output)
        #expect(one.map { $0["measure"] as? String } == ["reversed", "noise_1", "noise_2", "leak"])
        #expect(
            one.map { $0["errors"] as? String } == ["supported"] + [String](repeating: "supported, masked", count: 3))
    }

    @Test("Several worlds and numbers of networks are judged in their order, each number that a grid can have once")
    func settings() throws {
        let place = try Workplace(networks: 1)
        let answer = try place.basin(
            "simulate", "verdicts", "--world", "one-seed,linear", "power", "--models", "10,20", "--studies", "2",
            "--format", "json")
        #expect(answer.status == 0 && answer.errors.isEmpty, "\(answer.errors)")
        var settings: [String] = []
        for row in try rows(answer.output) {
            let setting = "\(row["world"] as? String ?? "") \(row["networks"] as? Int ?? 0)"
            if settings.last != setting { settings.append(setting) }
        }
        #expect(settings == ["one-seed 72", "linear 10", "linear 20", "power 10", "power 20"])
    }

    @Test("Worlds that there are not, and options that do not go together, are refused")
    func refusedWorlds() throws {
        let place = try Workplace(networks: 1)
        for (request, words) in [
            ("simulate verdicts --world u-shap", "Did you mean 'u-shape'?"),
            ("simulate verdicts --world linear,waves", "Did you mean 'wave'?"),
            ("simulate verdicts --models 50,3", "'50,3'"), ("simulate verdicts --models 50,", "from 4 to 1000000"),
            ("simulate results --models 9 --world colider", "Did you mean 'collider'?"),
            ("simulate results --models 9", "--measures, or --world"),
            ("simulate results --models 9 --measures 3 --world linear", "--measures, or --world"),
            ("simulate results --models 9 --measures 3 --effect 0.5", "--effect"),
            ("simulate results --models 9 --world linear --effect 2", "above 0 and below 1"),
        ] {
            let answer = try place.start(request.split(separator: " ").map(String.init)).wait()
            #expect(answer.status == 2 && answer.output.isEmpty, "\(request): \(answer)")
            #expect(answer.errors.contains(words), "\(request): \(answer.errors)")
        }
        #expect(try !place.folder.names().contains("basin.sqlite"))
    }

    private func rows(_ json: String) throws -> [[String: Any]] {
        try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
    }

    @Test("A study that cannot be simulated is refused, and no file is made")
    func refused() throws {
        let place = try Workplace(networks: 1)
        let answer = try place.basin("simulate", "results", "--models", "0", "--measures", "6")
        #expect(answer.status == 2 && answer.errors.contains("it takes a whole number from 1 to"))
        #expect(try place.basin("simulate", "results", "--models", "9", "--measures", "1").status == 2)
        #expect(try !place.folder.names().contains("basin.sqlite"))
    }
}
