import Foundation
import Testing

@Suite struct WorkingDirectoryTests {
    /// Runs the command in a working directory that is deleted before.
    private func basin(_ request: String, in place: Workplace) throws -> Answer {
        let line = #"mkdir gone && cd gone && rmdir ../gone && exec "$0" \#(request)"#
        return try place.start(program: "/bin/bash", ["-c", line, Workplace.executable.path]).wait()
    }

    @Test(
        "In a working directory that was deleted, a relative path is refused: it is none of the root folder",
        arguments: [
            ("sql 'SELECT 1'", "'basin.sqlite'"), ("correlate toy", "'basin.sqlite'"),
            ("sql 'SELECT 1' --db results/a.sqlite", "'results/a.sqlite'"),
            ("sql --file q.sql --db PLACE/basin.sqlite", "'q.sql'"), ("run ./toy.yml", "'./toy.yml'"),
            ("correlate toy.yml --db PLACE/basin.sqlite", "'toy.yml'"),
            ("run PLACE/studies/toy.yml", "'basin.sqlite'"), ("run PLACE/studies/toy.yml --plan", "'basin.sqlite'"),
            ("run PLACE/studies/toy.yml --db PLACE/a.sqlite --data data", "'data'"),
            ("report toy --db PLACE/basin.sqlite", "'reports'"),
            ("simulate results --models 9 --measures 3", "'basin.sqlite'"),
        ])
    func relative(request: String, path: String) throws {
        let place = try Workplace()
        #expect(try place.basin("run", "toy").status == 0)
        let answer = try basin(request.replacing("PLACE", with: place.folder.path), in: place)
        #expect(answer.status == 2 && answer.output.isEmpty)
        #expect(
            answer.errors.contains("\(path) is looked for in the working directory, and there is none"), "\(answer)")
        for name in ["basin.sqlite", "reports", "results"] {
            #expect(!FileManager.default.fileExists(atPath: "/\(name)"))
        }
    }

    @Test("Absolute paths go on working there")
    func absolute() throws {
        let place = try Workplace()
        let folder = place.folder.path
        let run = try basin(
            "run \(folder)/studies/toy.yml --db \(folder)/a.sqlite --data \(folder)/datasets", in: place)
        #expect(run.status == 0, "\(run.errors)")
        let asked = try basin("sql 'SELECT count(*) AS n FROM model' --db \(folder)/a.sqlite", in: place)
        #expect(asked.status == 0 && asked.output.split(whereSeparator: \.isNewline).last == "4")
        #expect(try basin("report toy --db \(folder)/a.sqlite --out \(folder)/reports", in: place).status == 0)
    }
}
