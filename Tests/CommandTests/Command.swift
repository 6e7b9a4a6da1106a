import Datasets
import Foundation
import Results
import TestSupport

/// What a finished command said.
struct Answer {
    let status: Int32
    let output: String
    let errors: String
}

/// A working directory with small data and a small study, in which the built `basin` is run as a user would.
struct Workplace {
    let folder: TemporaryFolder

    /// - Parameter networks: seeds 0 ..< networks, each trained in tens of milliseconds.
    init(networks: Int = 4, epochs: Int = 40) throws {
        folder = try TemporaryFolder()
        try writeData(SyntheticImages().arrays)
        try writeStudy(networks: networks, epochs: epochs)
    }

    func writeData(_ arrays: [DatasetFile: IDXArray], named name: String = "synthetic") throws {
        let data = try folder.makeFolder("datasets/\(name)")
        for (file, array) in arrays {
            try array.write(to: "\(data)/\(file.name).gz", compression: .gzip)
        }
    }

    /// A catalogue entry that states what these files are.
    func writeEntry(_ name: String, of arrays: [DatasetFile: IDXArray], mirror: String = "http://127.0.0.1:9/") throws {
        let files = arrays.map { file, array in
            "  \(file.name): {size: \(array.header.count + array.elements.count), sha256: \(array.digest)}"
        }
        try folder.write(
            """
            title: \(name)
            classes: 4
            image: [8, 8]
            files:
            \(files.sorted().joined(separator: "\n"))
            mirrors: [\(mirror)]
            licence: none
            citation: none
            """, to: "datasets/\(name).yml")
    }

    func writeStudy(
        _ name: String = "toy", networks: Int = 4, epochs: Int = 40, points: Int = 60, dataset: String = "synthetic",
        extra: String = ""
    ) throws {
        try folder.write(
            """
            name: \(name)
            title: A toy
            data: {dataset: \(dataset), training_points: \(points), seed: 3, probes: {count: 10, seed: 4}}
            network: {hidden: [12, 6]}
            training: {learning_rate: 0.2, batch_size: 16, epochs: \(epochs)}
            population: {seeds: 0-\(networks - 1)}
            measures: [test_accuracy, pair_proxy, hessian_trace, weight_norm_l2, dead_units]
            \(extra)
            """, to: "studies/\(name).yml")
    }

    /// Starts `basin`, or a copy of it, with these arguments in the working directory.
    func start(
        program: String = Self.executable.path, _ arguments: [String], environment: [String: String] = [:]
    ) throws -> Running {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("BASIN_") }
        variables["HOME"] = folder.path
        for (name, value) in environment { variables[name] = value }
        process.environment = variables
        return try Running(process, folder: folder)
    }

    /// Runs `basin` to its end.
    func basin(_ arguments: String..., environment: [String: String] = [:]) throws -> Answer {
        try start(arguments, environment: environment).wait()
    }

    /// The digest of everything that the results file holds of a study, times aside.
    func digest(of study: String = "toy", in file: String = "basin.sqlite") throws -> String {
        let store = try ResultsStore.openReadOnly(at: folder(file))
        return try store.contentDigest(of: store.study(named: study).id)
    }

    /// Whether SQLite finds the results file whole.
    func isWhole(_ file: String = "basin.sqlite") throws -> Bool {
        func last(_ query: String) throws -> Substring? {
            try basin("sql", query, "--db", file).output.split(whereSeparator: \.isNewline).last
        }
        return try last("PRAGMA integrity_check") == "ok"
            && last("SELECT count(*) FROM pragma_foreign_key_check") == "0"
    }

    /// Which runs work on which positions of a study, and how its runs ended; nothing while there is no file.
    func work(of study: String = "toy", in file: String = "basin.sqlite") -> (
        claims: [Int: RunRecord.ID], runs: [RunRecord]
    ) {
        guard let store = try? ResultsStore.openReadOnly(at: folder(file)), let study = try? store.study(named: study)
        else { return ([:], []) }
        return ((try? store.reservations(of: study.id)) ?? [:], (try? store.runs(of: study.id)) ?? [])
    }

    /// How many networks a results file has; 0 while there is none.
    func finished(in file: String = "basin.sqlite") -> Int {
        guard let store = try? ResultsStore.openReadOnly(at: folder(file)), let study = try? store.study(named: "toy")
        else { return 0 }
        return (try? store.finishedPositions(of: study.id).count) ?? 0
    }

    /// The command lies beside the tests.
    static let executable: URL = {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent("basin")
    }()
}

/// A command under way. Its output goes to files, so that it never waits for a reader.
struct Running {
    let process: Process
    private let output: String
    private let errors: String

    init(_ process: Process, folder: TemporaryFolder) throws {
        let name = UUID().uuidString
        (output, errors) = (folder("\(name).out"), folder("\(name).err"))
        for path in [output, errors] { try Data().write(to: URL(fileURLWithPath: path)) }
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
        process.standardInput = FileHandle.nullDevice
        try process.run()
        self.process = process
    }

    func wait() throws -> Answer {
        process.waitUntilExit()
        return Answer(
            status: process.terminationStatus, output: try String(contentsOfFile: output, encoding: .utf8),
            errors: try String(contentsOfFile: errors, encoding: .utf8))
    }

    /// Waits until the condition holds or the command has ended.
    func wait(until condition: () -> Bool) {
        while process.isRunning, !condition() { usleep(2000) }
    }
}
