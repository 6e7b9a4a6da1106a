import Foundation
import Results
import Simulation
import TestSupport
import Testing

@Suite struct SimulatedResultsTests {
    /// A results file with one simulated study.
    private struct Archive {
        let folder: TemporaryFolder
        let store: ResultsStore
        let simulated: SimulatedResults
        let study: StudyRecord

        init(models: Int, measures: Int = 14, seed: UInt64 = 1) throws {
            folder = try TemporaryFolder()
            store = try ResultsStore.open(at: folder("basin.sqlite"))
            simulated = try SimulatedResults(models: models, measures: measures, seed: seed)
            study = try simulated.write(into: store, provenance: .example)
        }

        var lines: [String] { get throws { try store.contentLines(of: study.id) } }
    }

    @Test("The same numbers give the same content, another seed another one")
    func reproducible() throws {
        let first = try Archive(models: 60)
        let lines = try first.lines.joined(separator: "\n")
        let (again, other) = (try Archive(models: 60), try Archive(models: 60, seed: 2))
        #expect(try again.lines.joined(separator: "\n") == lines)
        #expect(again.study.digest == first.study.digest)
        let others = try other.lines
        #expect(other.study.digest != first.study.digest)
        #expect(others.count { $0.contains("test_accuracy") } > 0)
        #expect(Set(others.filter { $0.contains("test_accuracy") }).isDisjoint(with: try first.lines))
    }

    @Test("A larger study begins with the networks and the columns of a smaller one")
    func beginning() throws {
        let (small, large) = (try Archive(models: 30, measures: 5), try Archive(models: 50, measures: 12))
        let measured = try small.store.measurements(of: small.study.id).values.joined()
        let wanted = Dictionary(grouping: measured, by: \.measure).mapValues { Set($0.compactMap(\.value)) }
        let found = Dictionary(
            grouping: try large.store.measurements(of: large.study.id).values.joined(), by: \.measure)
        #expect(wanted.count == 5 && found.count == 12)
        for (measure, values) in wanted {
            #expect(values.count > 20)
            #expect(values.isSubset(of: found[measure, default: []].compactMap(\.value)))
        }
    }

    @Test("Writing goes on where it stopped, and writes nothing twice")
    func goesOn() throws {
        let archive = try Archive(models: 500)
        let lines = try archive.lines
        var progress: [Int] = []
        try archive.simulated.write(into: archive.store, provenance: .example) { progress.append($0) }
        #expect(try archive.lines == lines)
        #expect(progress.isEmpty)
        #expect(try archive.store.earlierFailures(of: archive.study.id).isEmpty)
        #expect(try archive.store.runs(of: archive.study.id).map(\.outcome) == [.finished, .finished])
    }

    @Test("Some networks fail, some values are undefined, estimates have a standard error")
    func failures() throws {
        let archive = try Archive(models: 3000)
        let models = try archive.store.models(of: archive.study.id)
        let failed = models.filter { $0.outcome != .trained }
        // 0.5 % of 3,000, give or take four standard deviations.
        #expect((1...31).contains(failed.count))
        let measured = try archive.store.measurements(of: archive.study.id)
        #expect(failed.allSatisfy { measured[$0.id] == nil })
        for column in archive.simulated.columns {
            let records = measured.values.compactMap { $0.first { $0.measure == column.name } }
            #expect(records.count == models.count - failed.count)
            let undefined = records.filter { $0.status == .undefined }
            #expect(undefined.isEmpty == (column.undefinedShare == 0))
            #expect(undefined.allSatisfy { $0.reason == "undefined in the simulation" })
            #expect(records.allSatisfy { $0.value == nil || $0.standardError == column.standardError })
        }
    }

    @Test("Raw and within configurations, each column goes with the target as its truth says")
    func truths() throws {
        let archive = try Archive(models: 4800)
        let models = try archive.store.models(of: archive.study.id).filter { $0.outcome == .trained }
        let columns = try archive.store.measurementColumns(of: archive.study.id, rows: models.map(\.id))
        let target = try #require(columns["test_accuracy"]).values
        // The target's variance in units of its own part's: 1 + 0.5² + 0.3² · 2/3 + 0.2².
        let spread = 1.35.squareRoot()
        var seen: Set<String> = []
        for column in archive.simulated.columns where column.truth != .target {
            let values = try #require(columns[column.name]).values
            let rows = models.indices.filter { values[$0] != nil && target[$0] != nil }
            let x = rows.map { values[$0] ?? 0 }
            let y = rows.map { target[$0] ?? 0 }
            let groups = rows.map { "\(models[$0].regime ?? "") \(models[$0].hyperparameters)" }
            let raw = pearson(x, y)
            let within = pearson(centred(x, by: groups), centred(y, by: groups))
            let noise = (1 + column.standardError * column.standardError).squareRoot()
            let expected: (raw: Double, within: Double) =
                switch column.truth {
                case .target: (1, 1)
                case .causal(let a): (a / noise / spread, a / noise)
                case .confounded(let b): (0.5 * b / (1 + b * b).squareRoot() / spread, 0)
                case .noise: (0, 0)
                case .leaking: (-spread / (1.35 + 0.01).squareRoot(), -1 / 1.01.squareRoot())
                }
            // Four standard errors of a correlation of 4,800 rows.
            #expect(abs(raw - expected.raw) < 4 / 4800.0.squareRoot(), "\(column.name) \(raw) \(expected.raw)")
            #expect(
                abs(within - expected.within) < 4 / 4800.0.squareRoot(), "\(column.name) \(within) \(expected.within)")
            seen.insert(column.truth.name)
        }
        #expect(seen == ["causal", "confounded", "noise", "leaking"])
    }

    @Test("Studies that cannot be made are refused in a sentence")
    func impossible() {
        #expect(throws: ImpossibleSimulation.models(0)) { try SimulatedResults(models: 0, measures: 5, seed: 1) }
        #expect(throws: ImpossibleSimulation.measures(1)) { try SimulatedResults(models: 5, measures: 1, seed: 1) }
        #expect(throws: ImpossibleSimulation.measures(2000)) {
            try SimulatedResults(models: 5, measures: 2000, seed: 1)
        }
        for name in ["", "../x", "z.yml", "a/b", "published"] {
            let error = #expect(throws: ImpossibleSimulation.self) {
                try SimulatedResults(name: name, models: 5, measures: 5, seed: 1)
            }
            #expect(error?.description.hasPrefix("'\(name)' is no name of a study") == true)
        }
        #expect(throws: ImpossibleSimulation.models(.max)) { try SimulatedResults(models: .max, measures: 5, seed: 1) }
        #expect("\(ImpossibleSimulation.measures(1))".contains("2 (the target and another) to 1000"))
    }
}
