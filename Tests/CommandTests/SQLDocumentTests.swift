import Foundation
import Measures
import Results
import TestSupport
import Testing

/// docs/sql.md: its tables are those that the command prints, and its examples run.
@Suite struct SQLDocumentTests {
    private let document: String
    private let place: Workplace

    init() throws {
        document = try String(contentsOfFile: packageFolder + "/docs/sql.md", encoding: .utf8)
        place = try Workplace()
        try MadeUpStudy(networks: 12).enter(at: place.folder("basin.sqlite"))
        try enterAnotherVerdict()
        try enterSnapshots()
    }

    /// A study of its own file, with a history and two snapshots of each of four networks.
    private func enterSnapshots() throws {
        let store = try ResultsStore.open(at: place.folder(Self.fileOnTheWay))
        defer { try? store.close() }
        let study = try store.enter(
            NewStudy(
                name: "toy", digest: "a", title: "On the way", source: "nowhere", specificationYAML: "name: toy\n",
                specificationJSON: "{}"))
        let run = try store.beginRun(of: study.id, jobs: 1, provenance: MadeUpStudy.provenance)
        for (stage, epoch) in [nil, 1, 10].enumerated() {
            for seed in 0..<4 {
                let value = Double((seed * 3 + stage) % 4)
                let model = NewModel(
                    position: stage * 4 + seed, label: "seed \(seed)", digest: "\(seed) \(stage)",
                    trainingDigest: "\(seed) 0", variant: epoch.map { "epoch \($0)" }, seed: UInt64(seed))
                let history = TrainingHistory(
                    [0, 10, 20].map { .init(epoch: $0, values: [.trainLoss: 2 / Double($0 + 1), .trainAccuracy: 0.5]) })
                try store.add(
                    model,
                    measurements: ["pair_proxy", "test_accuracy"].map { MeasurementRecord(measure: $0, value: value) },
                    history: epoch == nil ? history : TrainingHistory(), study: study.id, run: run)
            }
        }
    }

    private static let fileOnTheWay = "way.sqlite"
    private static let onTheWay: Set<String> = ["How training went", "How early a measure predicts"]

    /// A study without networks that says of the pair proxy what the made-up one does not.
    private func enterAnotherVerdict() throws {
        let store = try ResultsStore.open(at: place.folder("basin.sqlite"))
        defer { try? store.close() }
        let study = try store.enter(
            NewStudy(
                name: "another", digest: "a", title: "Another", source: "nowhere", specificationYAML: "name: another\n",
                specificationJSON: "{}"))
        let judgement = JudgementRecord(
            measure: "pair_proxy", target: "test_accuracy", verdict: "unstable", count: 10, tried: 1,
            sentence: "unstable")
        try store.record([judgement], about: "test_accuracy", study: study.id)
    }

    /// The blocks of a language.
    private func blocks(_ language: String) -> [String] {
        document.components(separatedBy: "```\(language)\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
    }

    /// Queries by their heading.
    private var queries: [(title: String, sql: String)] {
        document.components(separatedBy: "\n### ").dropFirst().map { section in
            (
                String(section.prefix { $0 != "\n" }),
                section.components(separatedBy: "```sql\n").dropFirst().first?.components(separatedBy: "```")[0] ?? ""
            )
        }
    }

    /// Columns and number of rows over 24 networks in two regimes, one copy and one failed network; and a study with a
    /// verdict only.
    private static let expected: [String: (columns: [String], rows: Int)] = [
        "How far every study is": (["study", "version", "target", "trained", "failed"], 2),
        "The best networks": (["label", "regime", "test_accuracy", "pair_proxy", "hessian_trace"], 5),
        "Every measure's correlation with the target": (["measure", "networks", "rho", "p"], 7),
        "One measure by three coefficients": (["study", "rho", "tau", "r"], 1),
        "Correlations within each regime": (["regime", "networks", "rho", "p"], 2),
        "Raw beside within regimes": (["study", "raw", "given_regime"], 1),
        "Given a column": (["study", "raw", "given_dead_units"], 1),
        "Given the grid's variables": (["rho"], 1),
        "How measures spread in each regime": (["measure", "regime", "networks", "mean", "sd", "min", "max"], 16),
        "Whether two regimes differ": (["study", "small", "large", "p"], 1),
        "By regime and what a grid varies": (["study", "regime", "batch_size", "networks", "test_accuracy"], 2),
        "How networks with dead units differ": (["dead_units", "networks", "pair_proxy", "test_accuracy"], 6),
        "Quartiles": (["regime", "lower", "median", "upper"], 2),
        "Accuracy along a measure": (["label", "pair_proxy", "around"], 25),
        "Published beside measured": (["study", "kind", "figures", "agree", "farthest"], 2),
        "Where the replication disagrees": (
            ["study", "kind", "measure", "regime", "seed", "published", "measured", "difference", "tolerance"], 1
        ),
        "Verdicts of a study": (
            ["measure", "verdict", "rho", "p_holm", "tried", "given", "given_rho", "gain"], 4
        ),
        "Every study in a few lines": (["study", "verdict", "measures", "which"], 5),
        "Supported in one study and not in another": (["measure", "target", "supported", "not_supported"], 1),
        "What is claimed, and what was measured": (
            ["claim", "origin", "measured", "expected", "at_least", "at_most", "agrees", "reason"], 3
        ),
        "Claims that do not hold": (
            ["study", "claim", "origin", "statistic", "measure", "measured", "expected", "tolerance"], 1
        ),
        "How training went": (["epoch", "networks", "train_loss", "train_accuracy"], 3),
        "How early a measure predicts": (["epoch", "networks", "rho"], 2),
        "What failed, and why": (["study", "measure", "status", "reason", "networks", "recovered"], 2),
        "What each measure costs": (["measure", "networks", "milliseconds", "seconds_in_all", "effort"], 8),
        "How noisy an estimate is": (["measure", "networks", "farthest", "rank_agreement"], 1),
        "Every raw correlation as last recorded": (
            ["study", "measure", "estimate", "p_value", "interval_low", "interval_high"], 1
        ),
        "Correlations as last recorded, raw beside given": (
            ["measure", "raw", "given", "given_these", "p", "reason"], 1
        ),
        "Which machine made it": (
            [
                "study", "version", "started_at", "outcome", "jobs", "cpu_model", "blas_kernel", "build_kind",
                "git_commit",
            ], 1
        ),
    ]

    /// Cells that may be empty: what has no value in the made-up study either.
    private static let mayBeEmpty: Set<String> = [
        "regime", "seed", "measure", "reason", "rho", "p", "verdict", "p_holm", "given", "given_rho", "gain",
        "measured", "expected", "at_least", "at_most", "agrees", "tolerance",
        "interval_low", "interval_high",
    ]

    @Test("Every query on the page runs and has its columns, its rows and its numbers")
    func page() throws {
        #expect(queries.map(\.title).sorted() == Self.expected.keys.sorted())
        for (title, sql) in queries {
            let answer = try place.basin(
                "sql", sql.replacing("vanishing-advantage-6000", with: "toy"), "--format", "json", "--db",
                Self.onTheWay.contains(title) ? Self.fileOnTheWay : "basin.sqlite")
            try #require(answer.status == 0, "\(title): \(answer.errors)")
            let lines = answer.output.split(separator: "\n").filter { $0.hasPrefix("  {") }
            let rows = try #require(
                try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [[String: Any]])
            let expected = try #require(Self.expected[title])
            #expect(rows.count == expected.rows, "\(title)")
            let columns = try #require(lines.first).matches(of: #/"([a-z_0-9]+)": /#).map { String($0.1) }
            #expect(columns == expected.columns, "\(title)")
            for row in rows {
                for (column, value) in row where !Self.mayBeEmpty.contains(column) {
                    // Of the network that failed, no measure has a value.
                    #expect(!(value is NSNull), "\(title): \(column) in \(row)")
                }
            }
        }
    }

    @Test("Raw and within-regime numbers on the page differ as the made-up regimes make them")
    func numbers() throws {
        let sql = try #require(queries.first { $0.title == "Raw beside within regimes" }).sql
        let answer = try place.basin("sql", sql, "--format", "json")
        let row = try #require(try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [[String: Any]])
            .first
        #expect(try #require(row?["raw"] as? Double) < -0.7)
        #expect(abs(try #require(row?["given_regime"] as? Double)) < 0.5)
    }

    @Test("The page's query on verdicts names the study that supports a measure and what the other one says")
    func verdicts() throws {
        let sql = try #require(queries.first { $0.title == "Supported in one study and not in another" }).sql
        let disputed = try place.basin("sql", sql, "--format", "csv").output.split(whereSeparator: \.isNewline)
        #expect(disputed.last == "pair_proxy,test_accuracy,toy,another: unstable")
        let few = try #require(queries.first { $0.title == "Every study in a few lines" }).sql
        let lines = try place.basin("sql", few, "--format", "csv").output.split(whereSeparator: \.isNewline)
        #expect(lines.contains("toy,confounded,1,hessian_trace") && lines.contains("another,unstable,1,pair_proxy"))
    }

    @Test("The page's tables of views and functions are those that the command prints")
    func tables() throws {
        _ = try ResultsStore.open(at: place.folder("empty.sqlite"))
        for view in try TableDescription.all(at: place.folder("empty.sqlite")).filter(\.isView) {
            let printed = try place.basin("sql", ".schema", view.name, "--format", "markdown", "--db", "empty.sqlite")
                .output
            #expect(document.contains(printed), "put the output of basin sql '.schema \(view.name)' into docs/sql.md")
            #expect(document.contains("**\(view.name)**: \(view.summary ?? "")."))
        }
        let functions = try place.basin("sql", ".functions", "--format", "markdown").output
        #expect(document.contains(functions), "put the output of basin sql .functions into docs/sql.md")
    }

    @Test(
        "The shell's line and the Python on the page run",
        .enabled(if: OtherPrograms.hasShell, "\(OtherPrograms.noShell)"),
        .enabled(if: OtherPrograms.python != nil, "\(OtherPrograms.noPython)"))
    func otherPrograms() throws {
        let folder = Workplace.executable.deletingLastPathComponent().path
        try place.folder.makeFolder(".build")
        try FileManager.default.createSymbolicLink(atPath: place.folder(".build/release"), withDestinationPath: folder)
        let line = try #require(blocks("sh").first).replacing("vanishing-advantage-6000", with: "toy")
        let shell = try place.shell(line)
        #expect(shell.status == 0, "\(shell.errors)")
        #expect(shell.output.split(separator: "\n").map { $0.prefix { $0 != "|" } } == ["large-batch", "small-batch"])

        let plain = try #require(blocks("python").first { $0.contains("load_extension") })
        try place.folder.write(plain, to: "plain.py")
        let python = try place.shell("\(try #require(OtherPrograms.python)) plain.py")
        #expect(python.status == 0, "\(python.errors)")
        let rho = try place.basin("sql", "SELECT study, spearman(pair_proxy, test_accuracy) FROM models GROUP BY study")
        #expect(
            python.output.split(whereSeparator: \.isWhitespace)
                == rho.output.split { $0 == "," || $0.isNewline }.suffix(2))
    }

    @Test("The page's basin commands are understood")
    func commands() throws {
        try place.folder.write("SELECT 1;\n", to: "question.sql")
        let lines = document.split(separator: "\n").filter { $0.hasPrefix("    basin ") && !$0.contains(">") }
        #expect(lines.count == 5)
        for line in lines {
            let answer = try place.shell(String(line))
            #expect(answer.status == 0, "\(line): \(answer.errors)")
            #expect(!answer.output.isEmpty)
        }
    }
}
