import Foundation
import Results
import Testing

@Suite struct ContractTests {
    @Test("Every command says how it is used, with an example", arguments: try CommandTree().commands)
    func help(command: [String]) throws {
        let place = try Workplace()
        let answer = try place.start(command + ["--help"]).wait()
        #expect(answer.status == 0)
        #expect(answer.output.contains("USAGE: \((["basin"] + command).joined(separator: " "))"))
        #expect(answer.output.contains("Example"))
        #expect(answer.errors.isEmpty)
    }

    @Test("The commands are those of the contract")
    func commands() throws {
        let contract = [
            "data", "studies", "run", "measure", "measures", "correlate", "verdict", "compare", "robustness", "meta",
            "report", "sql", "simulate", "labs", "doctor",
        ]
        #expect(try Set(contract).isSubset(of: CommandTree().commands.compactMap(\.first)))
    }

    @Test("Rows come in every format, on standard output alone")
    func formats() throws {
        let place = try Workplace()
        let run = try place.basin("run", "toy")
        #expect(run.status == 0)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains("4/4 networks"))
        #expect(!run.errors.contains("\u{1B}"), "no escape codes where there is no terminal")
        for command in [
            ["correlate", "toy"], ["measures"], ["studies"], ["data", "list"], ["doctor"],
            ["sql", "SELECT * FROM models"],
        ] {
            let json = try place.start(command + ["--format", "json"]).wait()
            #expect(json.errors.isEmpty)
            let rows = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
            let count = try #require(rows?.count)
            #expect(count > 0, "\(command)")
            let markdown = try place.start(command + ["--format", "markdown"]).wait().output
            #expect(markdown.split(separator: "\n").count { $0.hasPrefix("|") } == count + 2)
            #expect(try place.start(command + ["--format", "table"]).wait().output.contains("─") == false)
            // csv is what a pipe gets unasked. The doctor measures a speed, which is never twice the same.
            if command == ["doctor"] { continue }
            #expect(try place.start(command).wait().output == place.start(command + ["--format", "csv"]).wait().output)
        }
    }

    @Test("The results file is --db, else BASIN_DB, else basin.sqlite here")
    func resultsFile() throws {
        let place = try Workplace(networks: 1)
        #expect(try place.basin("run", "toy", environment: ["BASIN_DB": place.folder("named.sqlite")]).status == 0)
        #expect(try place.folder.names().contains("named.sqlite"))
        #expect(try !place.folder.names().contains("basin.sqlite"))
        #expect(try place.basin("run", "toy").status == 0)
        #expect(try place.folder.names().contains("basin.sqlite"))
    }

    @Test("Data are looked for in --data, then in the folders of BASIN_DATASETS")
    func dataFolders() throws {
        let place = try Workplace(networks: 1)
        try FileManager.default.moveItem(atPath: place.folder("datasets"), toPath: place.folder("elsewhere"))
        #expect(try place.basin("run", "toy").status == 2)
        #expect(try place.basin("run", "toy", "--data", "elsewhere").status == 0)
        let path = try place.basin(
            "data", "path", "synthetic", environment: ["BASIN_DATASETS": "/nonexistent:\(place.folder("elsewhere"))"])
        #expect(path.output == place.folder("elsewhere/synthetic") + "\n")
    }

    @Test("A report is written from the results file alone, twice the same")
    func report() throws {
        let place = try Workplace()
        #expect(try place.basin("run", "toy").status == 0)
        try FileManager.default.removeItem(atPath: place.folder("datasets"))
        try FileManager.default.removeItem(atPath: place.folder("studies"))
        try place.folder.write("shipped", to: "reports/published/toy/report.md")
        let first = try place.basin("report", "toy")
        #expect(first.status == 0)
        #expect(first.output == "reports/toy/report.md\n")
        let shipped = try String(contentsOfFile: place.folder("reports/published/toy/report.md"), encoding: .utf8)
        #expect(shipped == "shipped")
        let text = try String(contentsOfFile: place.folder("reports/toy/report.md"), encoding: .utf8)
        for picture in text.matches(of: /\]\(([a-z0-9_-]+\.svg)\)/) {
            let svg = try String(contentsOfFile: place.folder("reports/toy/\(picture.1)"), encoding: .utf8)
            #expect(svg.hasPrefix("<svg") || svg.hasPrefix("<?xml"))
        }
        #expect(
            text.contains("(ranking.svg)") && text.contains("(scatter-pair_proxy.svg)") && text.contains("(matrix.svg)")
        )
        #expect(try place.basin("report", "toy", "--out", "again").status == 0)
        #expect(try String(contentsOfFile: place.folder("again/toy/report.md"), encoding: .utf8) == text)
    }

    @Test("A report for the terminal is printed and nothing is written; a format that there is none of is refused")
    func reportFormats() throws {
        let place = try Workplace()
        #expect(try place.basin("run", "toy").status == 0)
        let printed = try place.basin("report", "toy", "--format", "terminal")
        #expect(printed.status == 0 && printed.errors.isEmpty)
        #expect(printed.output.contains("\nProvenance\n----------\n") && printed.output.contains("    basin run toy\n"))
        #expect(!FileManager.default.fileExists(atPath: place.folder("reports")))
        let refused = try place.basin("report", "toy", "--format", "word")
        #expect(refused.status == 2 && refused.errors.contains("markdown") && refused.errors.contains("terminal"))
    }

    @Test("A pattern makes one report over all studies that it names")
    func family() throws {
        let place = try Workplace()
        for points in [60, 90] {
            try place.writeStudy("scale-\(points)", networks: 5, points: points)
            #expect(try place.basin("run", "scale-\(points)").status == 0)
        }
        let answer = try place.basin("report", "scale-*")
        #expect(answer.status == 0 && answer.output == "reports/scale/report.md\n", "\(answer.errors)")
        let text = try String(contentsOfFile: place.folder("reports/scale/report.md"), encoding: .utf8)
        #expect(
            text.contains("| scale-60 | 1 | 5 | 5 | 0 | 60 |") && text.contains("| scale-90 | 1 | 5 | 5 | 0 | 90 |"))
        let named = try place.basin(
            "report", "scale-60", "studies/scale-90.yml", "--name", "both", "--out", "elsewhere")
        #expect(named.output == "elsewhere/both/report.md\n")
        #expect(try place.basin("report", "nothing-*").status == 2)
        #expect(try place.basin("report", "scale-*", "--name", "../x").status == 2)
        // The family's report would take the place of the study's own.
        #expect(try place.basin("report", "scale-60").status == 0)
        let own = try String(contentsOfFile: place.folder("reports/scale-60/report.md"), encoding: .utf8)
        for studies in [["scale-60", "scale-90"], ["scale-60"]] {
            let refused = try place.start(["report"] + studies + ["--name", "scale-60"]).wait()
            #expect(refused.status == 2 && refused.output.isEmpty)
            #expect(refused.errors.contains("'scale-60' is the name of a study"), "\(refused.errors)")
        }
        #expect(try String(contentsOfFile: place.folder("reports/scale-60/report.md"), encoding: .utf8) == own)
    }

    @Test("A regime is held fixed as a category")
    func givenRegime() throws {
        let place = try Workplace(networks: 1)
        #expect(try place.basin("run", "toy").status == 0)
        // The study's networks with made-up columns, in two regimes.
        let store = try ResultsStore.open(at: place.folder("basin.sqlite"))
        let (study, values) = (try store.study(named: "toy"), [3.0, 1, 4, 1.5, 9, 2, 6, 5])
        let run = try #require(try store.runs(of: study.id).first)
        for (index, value) in values.enumerated() {
            try store.add(
                NewModel(
                    position: index + 1, label: "made up \(index)", digest: "\(index)", regime: index < 4 ? "a" : "b"),
                measurements: [
                    MeasurementRecord(measure: "pair_proxy", value: value + (index < 4 ? 0 : 20)),
                    MeasurementRecord(measure: "test_accuracy", value: Double(index)),
                ], study: study.id, run: run.id)
        }
        let answer = try place.basin("correlate", "toy", "--given", "regime", "--format", "json")
        #expect(answer.status == 0, "\(answer.errors)")
        let rows = try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [[String: Any]]
        let proxy = try #require(rows?.first { $0["measure"] as? String == "pair_proxy" })
        // Ranks less their mean in each regime: those of 3 1 4 2 8 5 7 6 and of 1 … 8 correlate by -0.2.
        #expect(proxy["n"] as? Int == 8)
        #expect(abs(try #require(proxy["rho"] as? Double) + 0.2) < 1e-9)
        #expect(try place.basin("correlate", "toy", "--given", "regmie").errors.contains("Did you mean 'regime'?"))
    }

    @Test(
        """
        A run records a verdict on every measure, with the number tried, as basin verdict gives it; a later run's \
        take their place
        """
    )
    func verdicts() throws {
        let place = try Workplace(networks: 6)
        for networks in [6, 6, 8] {
            try place.writeStudy(networks: networks)
            #expect(try place.basin("run", "toy").status == 0)
            let query = try place.basin(
                "sql", "SELECT measure, verdict, n, rho, tried, reason FROM verdict", "--format", "json")
            let recorded = try #require(
                try JSONSerialization.jsonObject(with: Data(query.output.utf8)) as? [[String: Any]])
            #expect(
                Set(recorded.map { $0["measure"] as? String })
                    == ["pair_proxy", "hessian_trace", "weight_norm_l2", "dead_units"])
            #expect(recorded.map { $0["tried"] as? Int } == [4, 4, 4, 4])
            let told = try place.basin("verdict", "toy", "--format", "json")
            let rows = try #require(try JSONSerialization.jsonObject(with: Data(told.output.utf8)) as? [[String: Any]])
            for column in ["measure", "verdict"] {
                #expect(recorded.map { $0[column] as? String } == rows.map { $0[column] as? String })
            }
            #expect(recorded.map { $0["n"] as? Int } == Array(repeating: networks, count: 4))
            #expect(
                recorded.compactMap { $0["rho"] as? Double }.count == rows.compactMap { $0["rho"] as? Double }.count)
            #expect(recorded.allSatisfy { ($0["verdict"] is NSNull) != ($0["reason"] is NSNull) })
        }
    }

    @Test("No SQL changes the results file")
    func readOnlySQL() throws {
        let place = try Workplace(networks: 1)
        #expect(try place.basin("run", "toy").status == 0)
        let before = try place.digest()
        for statement in [
            "DELETE FROM model", "UPDATE measurement SET value = 0", "DROP TABLE weights", "PRAGMA user_version = 3",
            "ATTACH 'other.sqlite' AS other", "CREATE TEMP TABLE t (x)",
        ] {
            #expect(try place.basin("sql", statement).status == 2)
        }
        #expect(try place.digest() == before)
        #expect(try !place.folder.names().contains("other.sqlite"))
    }

    @Test("Every basin command in the README and the documents is understood")
    func documentedCommands() throws {
        let place = try Workplace(networks: 1)
        var count = 0
        for document in try documents() {
            for command in document.split(separator: "\n") where command.hasPrefix("    basin ") {
                count += 1
                let plain = command.trimmingCharacters(in: .whitespaces).prefix { !"#\"|".contains($0) }
                let words = plain.split(separator: " ").dropFirst().map(String.init)
                let answer = try place.start(words + ["--help"]).wait()
                #expect(answer.status == 0, "\(command): \(answer.errors)")
            }
        }
        #expect(count >= 20)
    }

    @Test("Every query in the README runs")
    func documentedQueries() throws {
        let place = try Workplace(networks: 3)
        #expect(try place.basin("run", "toy").status == 0)
        let readme = try String(contentsOfFile: packageFolder + "/README.md", encoding: .utf8)
        let lines = blocks("sql", of: readme).joined().split(separator: "\n").filter { !$0.hasPrefix("--") }
        let queries = lines.joined(separator: "\n").components(separatedBy: ";").filter { $0.contains("SELECT") }
        #expect(queries.count == 2)
        for query in queries {
            let answer = try place.basin("sql", query.replacing("pair-proxy-fashion-mnist", with: "toy"))
            #expect(answer.status == 0, "\(query): \(answer.errors)")
            #expect(!answer.output.isEmpty)
        }
    }

    @Test("The studies of the documents are understood; LabCommandTests runs those of the labs")
    func documentedStudies() throws {
        let place = try Workplace(networks: 1)
        let readme = try String(contentsOfFile: packageFolder + "/README.md", encoding: .utf8)
        let page = try String(contentsOfFile: packageFolder + "/docs/studies.md", encoding: .utf8)
        let (own, examples) = (blocks("yaml", of: readme), blocks("yaml", of: page))
        try #require(own.count == 1 && examples.count == 5)
        #expect(own[0] == examples[0])
        try place.folder.write(own[0], to: "studies/my-study.yml")
        // The second and the third are the middle of a study.
        let (start, end) = (
            try #require(own[0].range(of: "training:\n")), try #require(own[0].range(of: "measures:\n"))
        )
        for (name, middle) in zip(["my-grid", "my-history"], examples[1...]) {
            let larger = own[0].replacingCharacters(in: start.lowerBound..<end.lowerBound, with: middle)
            try place.folder.write(larger.replacing("my-study", with: name), to: "studies/\(name).yml")
        }
        let listed = try place.basin("studies", "--format", "csv")
        #expect(listed.status == 0, "\(listed.errors)")
        #expect(["my-study", "my-grid", "my-history"].allSatisfy(listed.output.contains))
    }

    /// The README and the pages of docs/.
    private func documents() throws -> [String] {
        let pages = try FileManager.default.contentsOfDirectory(atPath: packageFolder + "/docs").sorted()
        let paths = ["README.md"] + pages.filter { $0.hasSuffix(".md") }.map { "docs/\($0)" }
        return try paths.map { try String(contentsOfFile: "\(packageFolder)/\($0)", encoding: .utf8) }
    }

    /// The blocks of a language.
    private func blocks(_ language: String, of document: String) -> [String] {
        document.components(separatedBy: "```\(language)\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
    }
}
