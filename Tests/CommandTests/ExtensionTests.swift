import Foundation
import SQLFunctions
import Statistics
import TestSupport
import Testing

/// The loadable library in the programs that people load it into.
@Suite struct ExtensionTests {
    /// Runs SQL in the shell with the library loaded; numbers have all their digits.
    private func shell(_ sql: String) throws -> Answer {
        try OtherPrograms.run(
            OtherPrograms.shell, ["-batch", "-cmd", ".load \(OtherPrograms.library)", ":memory:", sql])
    }

    private struct Row {
        let x, y, z: Double
    }

    private static let rows: [Row] = (0..<40).map { (i: Int) -> Row in
        let (x, y, z) = (i * 37 % 53, i * i * 11 % 41, i % 7)
        return Row(x: Double(x), y: Double(y), z: Double(z))
    }

    /// The rows as the table t, with g telling even row numbers from odd ones.
    private static let table: String = {
        let lines = rows.enumerated().map { index, row in
            "(\(row.x), \(row.y), \(row.z), '\(index % 2 == 0 ? "even" : "odd")')"
        }
        return "CREATE TABLE t AS SELECT column1 AS x, column2 AS y, column3 AS z, column4 AS g "
            + "FROM (VALUES \(lines.joined(separator: ", ")));"
    }()

    /// Calls with the numbers of Statistics for `rows`.
    private static let expected: [(call: String, value: Double?)] = {
        let (x, y, z) = (Variable("x", rows.map(\.x)), Variable("y", rows.map(\.y)), Variable("z", rows.map(\.z)))
        let groups = [0, 1].map { half in rows.indices.filter { $0 % 2 == half }.map { rows[$0].x } }
        var calls: [(call: String, value: Double?)] = []
        for method in CorrelationMethod.allCases {
            let result = correlate(x, y, method: method)
            calls.append(("\(method.rawValue)(x, y)", result.estimate))
            calls.append(("\(method.rawValue)_p(x, y)", result.pValue))
        }
        calls.append(("partial_spearman(x, y, z)", correlate(x, y, given: [z]).estimate))
        let odd = Variable("g = odd", rows.indices.map { Double($0 % 2) })
        calls.append(("partial_spearman(x, y, z, g)", correlate(x, y, given: [z, odd]).estimate))
        calls.append(("median(x)", quantile(0.5, of: x.values)))
        calls.append(("quantile(x, 0.9)", quantile(0.9, of: x.values)))
        calls.append(("welch_p(x, g)", try? welchTest(groups[0], groups[1]).get().pValue))
        return calls
    }()

    /// Least squares go through OpenBLAS in the tests and through GSL's own BLAS in the library: last bits may differ.
    private func agrees(_ value: Double?, with expected: Double?, _ call: String) -> Bool {
        guard call.hasPrefix("partial"), let value, let expected else { return value == expected }
        return abs(value - expected) < 1e-14
    }

    @Test("The library is built beside the command and needs GSL and the system's libraries alone")
    func selfContained() throws {
        #expect(FileManager.default.fileExists(atPath: OtherPrograms.library + ".so"))
        let answer = try OtherPrograms.run("/usr/bin/ldd", [OtherPrograms.library + ".so"])
        let names = answer.output.split(separator: "\n").compactMap { $0.split(whereSeparator: \.isWhitespace).first }
        #expect(names.contains { $0.hasPrefix("libgsl.so") })
        for other in ["libswift", "lib_Foundation", "libFoundation", "libsqlite3", "libopenblas", "libdispatch"] {
            #expect(!names.contains { $0.hasPrefix(other) }, "\(other)")
        }
        #expect(!answer.output.contains("not found"))
    }

    @Test(
        "The sqlite3 shell computes the numbers of Statistics",
        .enabled(if: OtherPrograms.hasShell, "\(OtherPrograms.noShell)"))
    func shellValues() throws {
        #expect(Set(Self.expected.map { $0.call.prefix { $0 != "(" } }).count == SQLFunction.all.count)
        for (call, value) in Self.expected {
            let answer = try shell("\(Self.table) SELECT printf('%!.17g', \(call)) FROM t")
            #expect(answer.status == 0 && answer.errors.isEmpty, "\(answer.errors)")
            let printed = Double(answer.output.trimmingCharacters(in: .whitespacesAndNewlines))
            #expect(agrees(printed, with: value, call), "\(call)")
            #expect(value != nil)
        }
    }

    @Test(
        "In the shell, GROUP BY, FILTER and OVER work, and a wrong value is an error with a sentence",
        .enabled(if: OtherPrograms.hasShell, "\(OtherPrograms.noShell)"))
    func shellQueries() throws {
        let groups = try shell(
            """
            \(Self.table) SELECT g, median(x), median(x) FILTER (WHERE x > 20), spearman(x, 1) IS NULL FROM t GROUP \
            BY g
            """
        )
        let (even, odd) = (Self.median { $0 % 2 == 0 }, Self.median { $0 % 2 == 1 })
        let filtered = [0, 1].map { half in Self.median { $0 % 2 == half && Self.rows[$0].x > 20 } }
        #expect(groups.output == "even|\(even)|\(filtered[0])|1\nodd|\(odd)|\(filtered[1])|1\n", "\(groups.errors)")
        let window = try shell("\(Self.table) SELECT median(x) OVER (ORDER BY rowid ROWS 1 PRECEDING) FROM t LIMIT 3")
        #expect(window.output == "0.0\n18.5\n29.0\n", "\(window.errors)")
        let wrong = try shell("\(Self.table) SELECT spearman(x, g) FROM t")
        #expect(wrong.status != 0)
        #expect(wrong.errors.contains("spearman(x, y): argument 2 is 'even', which is no number"))
    }

    private static func median(_ keeps: (Int) -> Bool) -> Double {
        let values = rows.indices.filter(keeps).map { rows[$0].x }.sorted()
        return (values[(values.count - 1) / 2] + values[values.count / 2]) / 2
    }

    @Test(
        "Python's sqlite3 computes the numbers of Statistics",
        .enabled(if: OtherPrograms.python != nil, "\(OtherPrograms.noPython)"))
    func pythonValues() throws {
        let program = """
            import json, sqlite3, sys
            db = sqlite3.connect(":memory:")
            db.enable_load_extension(True)
            db.load_extension(sys.argv[1])
            db.executescript(sys.argv[2])
            print(json.dumps([db.execute(f"SELECT {call} FROM t").fetchone()[0] for call in sys.argv[3:]]))
            """
        let python = try #require(OtherPrograms.python)
        let answer = try OtherPrograms.run(
            python, ["-c", program, OtherPrograms.library, Self.table] + Self.expected.map(\.call))
        #expect(answer.status == 0, "\(answer.errors)")
        let values = try JSONDecoder().decode([Double?].self, from: Data(answer.output.utf8))
        #expect(values.count == Self.expected.count)
        for (value, expected) in zip(values, Self.expected) {
            #expect(agrees(value, with: expected.value, expected.call), "\(expected.call)")
        }
    }

    @Test(
        "An interrupted query gives its memory back, and so does one that fails",
        .enabled(if: OtherPrograms.python != nil, "\(OtherPrograms.noPython)"))
    func interrupted() throws {
        // Sixteen megabytes an aggregate, in a process that may have 400 and would leak 1,600.
        let program = """
            import resource, sqlite3, sys
            db = sqlite3.connect(":memory:")
            db.enable_load_extension(True)
            db.load_extension(sys.argv[1])
            db.execute("CREATE TABLE n (i)")
            db.executemany("INSERT INTO n VALUES (?)", ((i,) for i in range(1000000)))
            used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
            resource.setrlimit(resource.RLIMIT_AS, (used + 400 * 2**20,) * 2)
            said = set()
            def ask(sql):
                try: db.execute(sql).fetchall()
                except sqlite3.OperationalError as error: said.add(str(error))
            for attempt in range(50):
                ask("SELECT spearman(i, CASE i WHEN 999999 THEN 'last' ELSE -i END) FROM n")
                steps = [0]
                def stop():
                    steps[0] += 1
                    return steps[0] > 40
                db.set_progress_handler(stop, 100000)
                ask("SELECT spearman(i, -i) FROM n")
                db.set_progress_handler(None, 0)
            print(*sorted(said), sep="\\n")
            print(db.execute("SELECT median(i) FROM n").fetchone()[0])
            """
        let python = try #require(OtherPrograms.python)
        let answer = try OtherPrograms.run(python, ["-c", program, OtherPrograms.library])
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(
            answer.output == """
                interrupted
                spearman(x, y): argument 2 is 'last', which is no number
                499999.5

                """)
    }

    @Test(
        "The library outlives the connections that load it, and serves several threads",
        .enabled(if: OtherPrograms.python != nil, "\(OtherPrograms.noPython)"))
    func connections() throws {
        let program = """
            import sqlite3, sys, threading
            answers = []
            def ask():
                for attempt in range(20):
                    db = sqlite3.connect(":memory:")
                    db.enable_load_extension(True)
                    db.load_extension(sys.argv[1])
                    db.executescript(sys.argv[2])
                    answers.append(db.execute("SELECT median(x), kendall(x, y) FROM t").fetchone())
                    db.close()
            threads = [threading.Thread(target=ask) for count in range(4)]
            for thread in threads: thread.start()
            for thread in threads: thread.join()
            print(len(answers), len(set(answers)), "libbasin_sqlite" in open("/proc/self/maps").read())
            """
        let python = try #require(OtherPrograms.python)
        let answer = try OtherPrograms.run(python, ["-c", program, OtherPrograms.library, Self.table])
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(answer.output == "80 1 True\n")
    }
}
