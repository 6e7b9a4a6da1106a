import Foundation
import Testing

@Suite struct ImportCommandTests {
    private func rows(_ place: Workplace, _ arguments: String...) throws -> [[String: Any]] {
        let answer = try place.start(arguments + ["--format", "json"]).wait()
        #expect(answer.status == 0, "\(answer)")
        return try #require(JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [[String: Any]])
    }

    @Test("Measures of another program join correlations, verdicts and reports as what their author says they are")
    func joined() throws {
        let place = try Workplace(networks: 8)
        #expect(try place.basin("run", "toy").status == 0)
        // One that is the accuracy itself, and one of which nobody says what it reads.
        let accuracies = try rows(place, "sql", "SELECT position, test_accuracy FROM models ORDER BY position")
        let lines = accuracies.map {
            "\($0["position"] ?? ""),\($0["test_accuracy"] ?? ""),0.5,\($0["position"] ?? "")"
        }
        try place.folder.write(
            "position,mine,mine_standard_error,other\n\(lines.joined(separator: "\n"))\n", to: "mine.csv")
        try place.folder.write("mine: {title: My own, reads: [training-inputs], sign: \"+\"}\n", to: "mine.yml")
        let told = try rows(place, "import", "measures", "mine.csv", "--study", "toy", "--header", "mine.yml")
        #expect(told.map { $0["predictor"] as? String } == ["yes", "no"])

        let correlated = try rows(place, "correlate", "toy")
        let mine = try #require(correlated.first { $0["measure"] as? String == "mine" })
        #expect(mine["rho"] as? Double == 1 && mine["predictor"] as? String == "yes")
        #expect(mine["family"] as? String == "external")
        let verdicts = try rows(place, "verdict", "toy")
        #expect(verdicts.first { $0["measure"] as? String == "other" }?["verdict"] as? String == "not a predictor")
        #expect(try rows(place, "sql", "SELECT verdict FROM verdict WHERE measure = 'mine'").count == 1)
        #expect(try place.basin("report", "toy").status == 0)
        let report = try String(contentsOfFile: place.folder("reports/toy/report.md"), encoding: .utf8)
        #expect(report.contains("`mine` (My own): mine.csv, SHA-256 ") && report.contains("reads training inputs."))
        #expect(report.contains("reads nobody said what, so it is no predictor."))
        #expect(try place.basin("check").status == 0)

        // Again it changes nothing; the study still goes on from where it is.
        let again = try place.basin("import", "measures", "mine.csv", "--study", "toy", "--header", "mine.yml")
        #expect(again.status == 0 && again.errors.contains("0 measurements of toy new or changed"), "\(again)")
        #expect(try place.basin("run", "toy").status == 0)
    }

    @Test(
        "What cannot be taken over is refused with what to do, and nothing is recorded",
        arguments: [
            ("position,pair_proxy\n0,1\n", [], "Give the column another name"),
            ("position,batch_size\n0,1\n", [], "Give the column another name"),
            ("position,mine\n99,1\n", [], "names no model of the study"),
            ("position,mine\n0,1\n", ["--reads", "training-input"], "Did you mean 'training-inputs'?"),
            ("position,mine\n0,1\n", ["--sign", "up"], "--sign is +, - or none"),
            ("position,mine\n0,1\n", ["--header", "none.yml"], "there is no such file"),
        ] as [(String, [String], String)])
    func refused(text: String, options: [String], message: String) throws {
        let place = try Workplace(networks: 3)
        #expect(try place.basin("run", "toy").status == 0)
        let digest = try place.digest()
        try place.folder.write(text, to: "mine.csv")
        let answer = try place.start(["import", "measures", "mine.csv", "--study", "toy"] + options).wait()
        #expect(answer.status == 2 && answer.errors.contains(message), "\(answer)")
        #expect(try place.digest() == digest)
    }
}
