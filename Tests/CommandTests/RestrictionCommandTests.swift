import Foundation
import Results
import Testing

/// `--where`, as a user gives it to the commands that judge.
@Suite struct RestrictionCommandTests {
    /// The commands that take it, with what else they need.
    private static let commands = [
        ["correlate", "toy"], ["verdict", "toy"], ["verdict", "toy", "--sentences"],
        ["compare", "toy", "pair_proxy", "weight_norm_l2"], ["robustness", "toy"],
        ["robustness", "toy", "--environments"], ["meta", "toy", "--over", "regime"],
        ["meta", "toy", "--over", "regime", "--each"], ["report", "toy"], ["report", "t*"],
    ]

    @Test("Every command takes it, refuses what is none, and says by what the networks were selected")
    func commands() throws {
        let place = try madeUpPlace()
        for command in Self.commands {
            let answer = try place.start(command + ["--where", "learning_rate<.07"]).wait()
            #expect(answer.status == 0, "\(command): \(answer.errors)")
            let told = answer.errors.contains("not all networks: learning_rate < 0.07 selects 16 of 24 networks")
            #expect(told == (command[0] != "report"), "\(command): \(answer.errors)")
            // By a hyperparameter, which was set and did not come about.
            #expect(!answer.errors.contains("by itself"), "\(command): \(answer.errors)")
            refused(try place.start(command + ["--where", "learning_rat < 1"]).wait(), "Did you mean 'learning_rate'?")
            refused(try place.start(command + ["--where", "learning_rate <"]).wait(), "at character 16")
            refused(try place.start(command + ["--where", ""]).wait(), "The selection is empty")
            refused(
                try place.start(command + ["--where", "learning_rate > 1"]).wait(),
                "selects none of 24 networks of 'toy'; a correlation takes 3 or more")
            refused(try place.start(command + ["--where", String(repeating: "(", count: 10_000)]).wait(), "more than")
            refused(try place.start(command + ["--where", String(repeating: "not ", count: 2000)]).wait(), "more than")
        }
    }

    @Test("Rows for scripts carry the condition and the counts; those for people have them below")
    func formats() throws {
        let place = try madeUpPlace()
        let condition = "test_accuracy > 0.81 AND pair_proxy IS NOT NULL"
        for command in Self.commands where !command.contains("--sentences") && command[0] != "report" {
            let request = command + ["--where", condition]
            let found = try rows(place.start(request + ["--format", "json"]).wait())
            let selected = try #require(found.first?["selected"] as? String)
            #expect(selected.hasSuffix(" of 24 networks") && selected != "24 of 24 networks")
            #expect(found.allSatisfy { $0["where"] as? String == condition && $0["selected"] as? String == selected })
            let lines = try place.start(request + ["--format", "csv"]).wait().output.split(separator: "\r\n")
            #expect(lines[0].hasSuffix(",where,selected") && lines.count == found.count + 1)
            #expect(lines.dropFirst().allSatisfy { $0.hasSuffix(",\(condition),\(selected)") })
            let bias =
                "Selecting by test_accuracy (the target) and pair_proxy restricts their ranges, which can make or"
            for format in ["table", "markdown"] {
                let answer = try place.start(request + ["--format", format]).wait()
                let plain = answer.output.replacing("\\", with: "")
                #expect(plain.contains("Not all networks: \(condition) selects \(selected).\n"), "\(plain)")
                #expect(plain.contains(bias) && !answer.errors.contains("selects"), "\(plain)")
                #expect(!plain.split(separator: "\n")[0].contains("where"))
            }
            let whole = try place.start(command).wait()
            #expect(!whole.output.contains("where") && !whole.errors.contains("selects"))
        }
        let against = try place.basin("correlate", "toy", "--where", condition, "--against", "dead_units")
        #expect(against.errors.contains("Selecting by test_accuracy and pair_proxy restricts their ranges"))
    }

    @Test("Every sentence of a verdict names the condition, and its numbers are of the selected networks")
    func sentences() throws {
        let place = try madeUpPlace()
        let answer = try place.basin("verdict", "toy", "--sentences", "--where", "regime = 'small-batch'")
        let lines = answer.output.split(separator: "\n")
        #expect(lines.count == 7 && lines.allSatisfy { $0.contains(", where regime = 'small-batch': ") })
        #expect(
            lines.contains { $0.contains("over 12 networks") } && !lines.contains { $0.contains("over 24 networks") })
    }

    @Test("The numbers are those of a study that has the selected networks alone")
    func numbers() throws {
        let place = try madeUpPlace()
        let selected = try rows(
            place.basin("correlate", "toy", "--where", "regime = 'small-batch'", "--format", "json"))
        let sql = try rows(
            place.basin(
                "sql",
                "SELECT spearman(weight_norm_l2, test_accuracy) AS rho, count(*) AS n FROM models "
                    + "WHERE study = 'toy' AND status = 'trained' AND variant IS NULL AND regime = 'small-batch'",
                "--format", "json"))
        let row = try #require(selected.first { $0["measure"] as? String == "weight_norm_l2" })
        let (rho, wanted) = (try #require(row["rho"] as? Double), try #require(sql[0]["rho"] as? Double))
        #expect(abs(rho - wanted) < 1e-12 && row["n"] as? Int == 12 && sql[0]["n"] as? Int == 12)
    }

    @Test("A report of selected networks says so at its top, has a folder of its own, and leaves the study's alone")
    func report() throws {
        let place = try madeUpPlace()
        #expect(try place.basin("report", "toy").output == "reports/toy/report.md\n")
        let whole = try String(contentsOfFile: place.folder("reports/toy/report.md"), encoding: .utf8)
        let condition = "test_accuracy > 0.81"
        let answer = try place.basin("report", "toy", "--where", condition)
        let path = try #require(answer.output.wholeMatch(of: /(reports\/toy_where_[0-9a-f]{8}\/report\.md)\n/)).1
        let text = try String(contentsOfFile: place.folder(String(path)), encoding: .utf8)
        #expect(
            text.hasPrefix("# Made up, where `test\\_accuracy > 0.81`")
                || text.hasPrefix("# Made up, where `\(condition)`"))
        let note = try #require(
            text.firstMatch(of: /\*\*Not all networks:\*\* `test_accuracy > 0.81` selects (\d+) of 24 networks\./))
        #expect(text.contains("## Verdicts (\(note.1) of 24 networks)") && text.contains("## Provenance\n"))
        #expect(
            text.contains("Selecting by test\\_accuracy (the target) restricts")
                || text.contains("Selecting by test_accuracy"))
        #expect(text.contains("    basin report toy --where 'test_accuracy > 0.81'\n"))
        #expect(whole.contains("## Claims") && !text.contains("## Claims") && !text.contains("## Replication"))
        #expect(text.contains("Claims and published figures are about all networks"))
        let picture = try String(
            contentsOfFile: place.folder(String(path).replacing("report.md", with: "ranking.svg")), encoding: .utf8)
        #expect(picture.contains("Not all networks: test_accuracy &gt; 0.81 selects \(note.1) of 24 networks."))
        // Another spelling is the same condition, another condition another folder.
        #expect(try place.basin("report", "toy", "--where", "(test_accuracy>.81)").output == answer.output)
        #expect(try place.basin("report", "toy", "--where", "test_accuracy > 0.8").output != answer.output)
        let again = try String(contentsOfFile: place.folder("reports/toy/report.md"), encoding: .utf8)
        #expect(again == whole && !whole.contains("Not all networks"))
        let printed = try place.basin("report", "toy", "--where", condition, "--format", "terminal").output
        #expect(printed.contains("Not all networks: test_accuracy > 0.81 selects"))
    }

    @Test("Several studies are selected from one by one, and one that lacks the column, or too much, is named")
    func several() throws {
        let place = try Workplace(networks: 1)
        for (name, measures) in [("one", 4), ("two", 6)] {
            let made = try place.basin(
                "simulate", "results", "--models", "60", "--measures", "\(measures)", "--name", name, "--seed",
                "\(measures)")
            #expect(made.status == 0, "\(made.errors)")
        }
        let found = try rows(place.basin("meta", "one", "two", "--where", "position < 40", "--format", "json"))
        #expect(
            found.allSatisfy { $0["selected"] as? String == "40 of 60 networks of 'one', 40 of 60 networks of 'two'" })
        let columns = try ["one", "two"].map { name in
            try #require(rows(place.basin("correlate", name, "--format", "json")).map { $0["measure"] as? String })
        }
        let lacking = try #require(columns[1].compactMap(\.self).first { !columns[0].contains($0) })
        refused(
            try place.basin("meta", "one", "two", "--where", "\(lacking) IS NOT NULL"),
            "The models of 'one' have no column '\(lacking)'")
        refused(
            try place.basin("meta", "one", "two", "--where", "study = 'one'"), "selects none of 60 networks of 'two'",
            "No study is 'one'. Known names: two.")
        let report = try place.basin("report", "one", "two", "--name", "both", "--where", "position < 40")
        let path = try #require(report.output.wholeMatch(of: /(reports\/both_where_[0-9a-f]{8}\/report\.md)\n/)).1
        let text = try String(contentsOfFile: place.folder(String(path)), encoding: .utf8)
        #expect(text.contains("# both: 2 studies side by side, where `position < 40`"))
        #expect(text.contains("selects 40 of 60 networks of 'one', 40 of 60 networks of 'two'."))
        #expect(text.contains("## Verdicts (80 of 120 networks)") && text.contains("| selected from |"))
    }

    @Test("Nothing of a selection is written into the results file")
    func recordsNothing() throws {
        let place = try madeUpPlace()
        func recorded() throws -> [String] {
            try ["correlation", "judgement", "claimed", "replicated", "study", "run", "model"].map { table in
                let answer = try place.basin("sql", "SELECT * FROM \(table)", "--format", "csv")
                #expect(answer.status == 0 && !answer.output.isEmpty)
                return answer.output
            }
        }
        let before = try recorded()
        for command in Self.commands {
            #expect(try place.start(command + ["--where", "test_accuracy > 0.81"]).wait().status == 0)
        }
        #expect(try recorded() == before)
    }

    @Test("A condition that leaves out none says so, and nothing of a restricted range")
    func all() throws {
        let place = try madeUpPlace()
        for format in ["csv", "table"] {
            let answer = try place.basin("correlate", "toy", "--where", "test_accuracy > 0", "--format", format)
            let text = answer.errors + answer.output
            #expect(text.contains("ll networks: test_accuracy > 0 selects 24 of 24 networks"), "\(text)")
            #expect(!text.lowercased().contains("not all") && !text.contains("Selecting by"), "\(text)")
        }
    }

    @Test("A value that begins with a sign is a condition, and the two selections of verdict work together")
    func together() throws {
        let place = try madeUpPlace()
        let signed = try place.basin("correlate", "toy", "--where", "-1 < dead_units")
        #expect(signed.status == 0 && signed.errors.contains("-1 < dead_units selects 24 of 24 networks"))
        let trained = try Workplace(networks: 8)
        #expect(try trained.basin("run", "toy").status == 0)
        let both = try trained.basin("verdict", "toy", "--without-collapsed", "--where", "seed <> 3", "--sentences")
        #expect(both.status == 0 && both.output.contains(", where seed <> 3: "), "\(both)")
        #expect(both.errors.contains("seed <> 3 selects 7 of 8 networks") && !both.output.contains("over 8 networks"))
    }
}
