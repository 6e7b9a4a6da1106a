import Foundation
import TestSupport

/// Programs of the system that load the SQLite extension.
enum OtherPrograms {
    static let library = Workplace.executable.deletingLastPathComponent().appendingPathComponent("libbasin_sqlite").path
    static let shell = "/usr/bin/sqlite3"
    static let hasShell = FileManager.default.fileExists(atPath: shell)
    static let noShell = "no /usr/bin/sqlite3; scripts/setup installs it"

    /// A Python whose SQLite loads extensions; builds of Python without that are common.
    static let python: String? = ["/usr/bin/python3", "/usr/local/bin/python3"].first { path in
        (try? run(path, ["-c", "import sqlite3; sqlite3.connect(':memory:').enable_load_extension(True)"]).status) == 0
    }
    static let noPython = "no Python that loads SQLite extensions; scripts/setup installs one"

    /// Runs a program to its end, without any variable that helps the loader.
    static func run(_ program: String, _ arguments: [String]) throws -> Answer {
        let folder = try TemporaryFolder()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path]
        return try Running(process, folder: folder).wait()
    }
}
