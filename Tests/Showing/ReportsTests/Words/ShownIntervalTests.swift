import Analysis
import Recording
import Reports
import Results
import Statistics
import SyntheticStudies
import Testing

@Suite struct ShownIntervalTests {
    /// A population whose norm follows the accuracy, with noise.
    private static func population(_ count: Int) throws -> Population {
        let archive = try Archive()
        let draws = noise(seed: 3, count: 2 * count)
        let study = try SyntheticStudy(networks: []).enter(in: archive.store)
        let run = try #require(try archive.store.runs(of: study.id).first)
        let models = (0..<count).map { index in
            FinishedModel(
                NewModel(position: index, label: "\(index)", digest: "\(index)"),
                measurements: [
                    MeasurementRecord(measure: "test_accuracy", value: draws[index]),
                    MeasurementRecord(measure: "weight_norm_l2", value: draws[index] + draws[count + index]),
                ])
        }
        try archive.store.add(models, study: study.id, run: run.id)
        return try Population(of: study, in: archive.store)
    }

    @Test("A small population has the bootstrap's interval, and the table says so")
    func small() throws {
        let found = try MeasureCorrelations(of: try Self.population(40))
        let row = try #require(found.rows.first)
        let shown = try #require(row.correlation.shownInterval)
        #expect(shown.kind == .bootstrap && shown.bounds == row.correlation.bootstrap?.bounds)
        #expect(try cell("interval", found.table) == "bootstrap")
        let record = try #require(found.records.first)
        #expect(record.intervalLow == shown.bounds.lower && record.intervalHigh == shown.bounds.upper)
    }

    @Test("A population too large to resample has the analytic interval, and table and results file say so")
    func large() throws {
        let population = try Self.population(MeasureCorrelations.mostForBootstrap + 1)
        let found = try MeasureCorrelations(of: population)
        let row = try #require(found.rows.first)
        let analytic = try #require(row.correlation.interval)
        let shown = try #require(row.correlation.shownInterval)
        #expect(row.correlation.bootstrap == nil)
        #expect(shown.kind == .analytic && shown.bounds == analytic)
        #expect(try cell("interval", found.table) == "analytic")
        #expect(try cell("low", found.table) == "\(analytic.lower)")
        let record = try #require(found.records.first)
        #expect(record.intervalLow == analytic.lower && record.intervalHigh == analytic.upper && record.level == 0.95)
    }

    /// The text of the only row's cell, as a script reads it.
    private func cell(_ column: String, _ table: Table) throws -> String {
        let lines = table.render(.csv).split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        let index = try #require(lines[0].firstIndex(of: Substring(column)))
        return String(lines[1][index])
    }
}
