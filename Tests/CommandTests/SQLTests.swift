import Foundation
import Results
import TestSupport
import Testing

@Suite struct SQLTests {
    /// A working directory with a results file of 8 made-up networks.
    private func workplace() throws -> Workplace {
        let place = try Workplace()
        try MadeUpStudy(networks: 4).enter(at: place.folder("basin.sqlite"))
        return place
    }

    private let endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"

    @Test("A query comes from an argument, a file, or standard input, with the same answer")
    func sources() throws {
        let place = try workplace()
        let query = "SELECT regime, count(*) AS networks FROM models GROUP BY regime;"
        let expected = "regime,networks\r\nlarge-batch,5\r\nsmall-batch,5\r\n"
        try place.folder.write("-- a remark\n\(query)\n", to: "question.sql")
        #expect(try place.basin("sql", query).output == expected)
        #expect(try place.basin("sql", "--file", "question.sql").output == expected)
        #expect(try place.shell("basin sql < question.sql").output == expected)
        #expect(try place.shell("basin sql - < question.sql").output == expected)
        #expect(try place.shell("cat question.sql | basin sql").output == expected)
    }

    @Test(
        "A request that cannot be meant is refused with what to do",
        arguments: [
            (["sql"], "empty"), (["sql", "--file", "nowhere.sql"], "'nowhere.sql'"),
            (["sql", "--file", "a.sql", "SELECT 1"], "not both"),
            (["sql", "SELECT", "1"], "quotes"), (["sql", ".tabels"], ".tables"),
            (["sql", ".schema modles"], "'models'"),
            (["sql", ".schema", "a", "b"], ".schema [NAME]"), (["sql", "SELECT 1; SELECT 2"], "one statement"),
            (
                ["sql", "SELECT spearman(label, 1) FROM models"],
                "spearman(x, y): argument 1 is 'network 0', which is no number"
            ),
            (["sql", "SELECT spaerman(1, 2)"], "no such function"),
        ])
    func refused(arguments: [String], words: String) throws {
        let place = try workplace()
        let answer = try place.start(arguments).wait()
        #expect(answer.status == 2)
        #expect(answer.output.isEmpty)
        #expect(answer.errors.contains(words), "\(answer.errors)")
    }

    @Test("The words with a dot list tables, columns and functions with what they mean")
    func words() throws {
        let place = try workplace()
        let tables = try place.basin("sql", ".tables").output.split(separator: "\r\n")
        #expect(tables.contains("measurement,table,\"One row a network and measure, with its doubt and cost\""))
        #expect(tables.contains { $0.hasPrefix("models,view,") })
        #expect(!tables.contains { $0.contains("grdb") })
        let models = try place.basin("sql", ".schema", "models").output
        #expect(models == (try place.basin("sql", ".schema Models;").output))
        #expect(models.contains("position,INTEGER,\"place in the population, from 0\"\r\n"))
        #expect(models.contains("pair_proxy,REAL,Pair proxy of weakness\r\n"))
        let all = try place.basin("sql", ".schema").output
        #expect(all.contains("models,pair_proxy,REAL,Pair proxy of weakness\r\n"))
        #expect(all.contains("run,git_commit,TEXT,of the program's sources\r\n"))
        #expect(try place.basin("sql", ".functions").output.contains("\"partial_spearman(x, y, z, …)\","))
        #expect(try place.shell("echo .help | basin sql").output.contains(".schema [NAME],"))
    }

    @Test("A pipe that closes early ends the command without a word")
    func closedPipe() throws {
        let place = try workplace()
        let many = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT i FROM n"
        for trap in ["", "trap '' PIPE; "] {
            let answer = try place.shell("\(trap)basin sql '\(many)' | head -n 2; echo ${PIPESTATUS[0]}")
            #expect(answer.output == "i\r\n1\r\n141\n")
            #expect(answer.errors.isEmpty)
        }
    }

    @Test("Ctrl-C stops a query: status 130, and a message that nothing changed", arguments: [SIGINT, SIGTERM])
    func interrupted(signal: Int32) throws {
        let place = try workplace()
        let before = try Data(contentsOf: URL(fileURLWithPath: place.folder("basin.sqlite")))
        let query = try place.start(["sql", endless])
        query.wait { query.processorTicks > 50 }
        kill(query.process.processIdentifier, signal)
        let answer = try query.wait()
        #expect(answer.status == 130)
        #expect(query.process.terminationReason == .exit)
        #expect(answer.output.isEmpty)
        #expect(answer.errors == "basin: The query was stopped; nothing was changed.\n")
        #expect(try Data(contentsOf: URL(fileURLWithPath: place.folder("basin.sqlite"))) == before)
        #expect(try place.folder.names().filter { $0.hasPrefix("basin.sqlite") } == ["basin.sqlite"])
    }

    @Test(
        "No statement changes the file, makes another one, or loads code",
        arguments: [
            "ATTACH 'other.sqlite' AS other", "ATTACH 'basin.sqlite' AS again", "PRAGMA writable_schema = ON",
            "PRAGMA main.user_version(7)",
            "VACUUM INTO 'copy.sqlite'", "SELECT load_extension('./evil')", "SELECT writefile('written', 'x')",
            "SELECT edit('x')",
            "SELECT readfile('studies/toy.yml')", "SELECT fts3_tokenizer('simple')", "CREATE TEMP TABLE t (x)",
            "CREATE TEMP TRIGGER t AFTER INSERT ON run BEGIN SELECT 1; END",
            "CREATE VIRTUAL TABLE t USING fts5(x)", "REPLACE INTO study DEFAULT VALUES", "PRAGMA mmap_size = 1",
            "PRAGMA trusted_schema = ON",
            "SELECT * FROM pragma_wal_checkpoint", "EXPLAIN DELETE FROM model", "UPDATE sqlite_dbpage SET data = x'00'",
        ])
    func readOnly(statement: String) throws {
        let place = try workplace()
        let before = try (place.folder.names(), Data(contentsOf: URL(fileURLWithPath: place.folder("basin.sqlite"))))
        let answer = try place.basin("sql", statement)
        #expect(answer.status == 2, "\(answer.output)")
        #expect(answer.output.isEmpty)
        let after = try place.folder.names().filter { !$0.hasSuffix(".out") && !$0.hasSuffix(".err") }
        #expect(after == before.0)
        #expect(try Data(contentsOf: URL(fileURLWithPath: place.folder("basin.sqlite"))) == before.1)
    }

    @Test("basin sql and basin correlate give the same numbers")
    func sameNumbers() throws {
        let place = try workplace()
        let answer = try place.basin("correlate", "toy", "--given", "regime", "--format", "json")
        let rows = try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [[String: Any]]
        let rho = try #require(rows?.first { $0["measure"] as? String == "hessian_trace" }?["rho"] as? Double)
        let asked = try place.basin(
            "sql",
            "SELECT partial_spearman(hessian_trace, test_accuracy, regime) AS rho FROM models WHERE variant IS NULL",
            "--format", "json")
        let row = try #require(try JSONSerialization.jsonObject(with: Data(asked.output.utf8)) as? [[String: Double]])
        #expect(row == [["rho": rho]])
    }
}

extension Workplace {
    /// Runs a line of bash in the working directory, in which `basin` is the command.
    func shell(_ line: String) throws -> Answer {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", line]
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("BASIN_") }
        variables["PATH"] = "\(Self.executable.deletingLastPathComponent().path):/usr/bin:/bin"
        process.environment = variables
        return try Running(process, folder: folder).wait()
    }
}

extension Running {
    /// Processor time used so far, in hundredths of a second.
    var processorTicks: Int {
        guard let line = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8),
            let name = line.lastIndex(of: ")")
        else { return 0 }
        let fields = line[name...].split(separator: " ")
        return fields.count > 13 ? (Int(fields[12]) ?? 0) + (Int(fields[13]) ?? 0) : 0
    }
}
