import Foundation
import Testing

@Suite struct HoldingsCommandTests {
    @Test("A results file says what it holds, prints it whole, and a study goes from it on request")
    func holdings() throws {
        let place = try Workplace(networks: 6)
        let run = try place.basin("run", "toy")
        #expect(run.status == 0)
        // What was found, what to know, what to type next.
        let said = run.errors.split(separator: "\n").suffix(3).map { $0.split(separator: " ")[1] }
        #expect(said == ["found:", "know:", "next:"], "\(run)")
        let elsewhere = try place.basin("run", "toy", "--db", "an other.sqlite")
        #expect(
            elsewhere.errors.contains("next: basin report toy --db 'an other.sqlite' --format html"), "\(elsewhere)")

        let shown = try rows(place, "show")
        #expect(shown.map { $0["study"] as? String } == ["toy"] && shown[0]["networks"] as? Int == 6)
        let columns = try rows(place, "show", "toy")
        #expect(Set(columns.compactMap { $0["column"] as? String }).isSuperset(of: ["pair_proxy", "dead_units"]))

        let models = try rows(place, "export", "models", "toy")
        let stored = try rows(place, "sql", "SELECT position, pair_proxy, hessian_trace FROM models ORDER BY position")
        #expect(models.count == 6)
        for (model, row) in zip(models, stored) {
            for name in ["position", "pair_proxy"] { #expect(model[name] as? Double == row[name] as? Double) }
            let (exported, kept) = (model["hessian_trace"] as? Double, row["hessian_trace"] as? Double)
            #expect(abs((exported ?? 0) - (kept ?? 1)) <= 1e-5 * abs(kept ?? 1))
            #expect(model["batch_size"] as? Int == 16 && model["learning_rate"] as? Double == 0.2)
        }
        let measures = try rows(place, "export", "measures", "toy", "--where", "position < 3")
        #expect(measures.count == 3 * 5 && measures.allSatisfy { $0["status"] as? String == "ok" })

        let unasked = try place.basin("delete", "toy")
        #expect(unasked.status == 2 && unasked.errors.contains("--yes"), "\(unasked)")
        #expect(try rows(place, "show").count == 1)
        let unknown = try place.basin("delete", "tyo", "--yes")
        #expect(unknown.status == 2 && unknown.errors.contains("Did you mean 'toy'?"), "\(unknown)")
        let deleted = try place.basin("delete", "toy", "--yes")
        #expect(deleted.status == 0, "\(deleted)")
        #expect(try rows(place, "show").isEmpty)
        #expect(try place.basin("check").status == 0)
    }

    @Test("A page is opened with --format html alone, and one that nothing opens is written and named")
    func opened() throws {
        let place = try Workplace(networks: 3)
        #expect(try place.basin("run", "toy").status == 0)
        #expect(try place.basin("report", "toy", "--open").status == 2)
        let answer = try place.basin(
            "report", "toy", "--format", "html", "--open", environment: ["PATH": "/nonexistent"])
        #expect(answer.status == 0 && answer.errors.contains("reports/toy/report.html in a browser"), "\(answer)")
        #expect(
            try String(contentsOfFile: place.folder("reports/index.html"), encoding: .utf8).contains("toy/report.html"))
    }

    private func rows(_ place: Workplace, _ arguments: String...) throws -> [[String: Any]] {
        let answer = try place.start(arguments + ["--format", "json"]).wait()
        #expect(answer.status == 0, "\(answer)")
        return try #require(JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [[String: Any]])
    }
}
