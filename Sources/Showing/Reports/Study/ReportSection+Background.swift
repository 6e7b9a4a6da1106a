import Analysis
import Measures
import Results
import Statistics
import Typography

extension ReportSection {
    /// What each measure's values are like, and how sure; what it is a command tells.
    static func measures(_ population: Population) throws -> ReportSection {
        var table = Table([
            "measure", "family", Table.Column("values"), Table.Column("median", format: .significant(4)),
            Table.Column("median standard error", format: .significant(2)),
        ])
        for column in population.columns {
            let records = try population.measurements(column).compactMap { $0 }
            let found = records.filter { $0.value != nil }
            let about = population.about(column)
            table.append([
                .text(column),
                Cell(about?.family ?? population.external[column].map { _ in ExternalMeasure.family }),
                .integer(found.count),
                Cell(quantile(0.5, of: found.compactMap(\.value))),
                Cell(quantile(0.5, of: found.compactMap(\.standardError))),
            ])
        }
        return ReportSection([.heading(2, "The measures themselves"), .table(table)])
    }

    /// What stands behind the measures' values, and where more of them is said.
    static func behindMeasures(_ population: Population) -> ReportSection {
        ReportSection(
            external(population) + evidence(population).map { .paragraph($0) }
                + [.paragraph("Formulas, sources and limits: \(code: "basin measures ID").")])
    }

    /// Which measures come out of which files of other programs.
    private static func external(_ population: Population) -> [Block] {
        let found = population.columns.compactMap { population.external[$0] }
        guard !found.isEmpty else { return [] }
        let items = found.map { measure -> Prose in
            let reads = measure.description?.readingList ?? "nobody said what, so it is no predictor"
            let title = measure.title.map { " (\(authored: $0))" as Prose } ?? ""
            return "\(code: measure.name)\(title): \(authored: measure.origin); reads \(reads)."
        }
        return [
            .paragraph("Computed elsewhere, and recorded with \(code: "basin import measures"):"), .list(items),
        ]
    }

    /// How the values of measures that count it were reached, over all networks.
    private static func evidence(_ population: Population) -> [Prose] {
        population.columns.compactMap { column in
            guard let evidence = population.about(column)?.evidence,
                let records = try? population.measurements(column)
            else { return nil }
            // No count.
            let halves = population.about(column)?.halvesDetail
            var sums: [String: Double] = [:]
            for record in records {
                for (name, count) in record?.detail ?? [:] where name != halves { sums[name, default: 0] += count }
            }
            guard let open = sums[evidence.openDetail] else { return nil }
            let counts = sums.keys.sorted().map { "\($0.replacing("_", with: " ")) \(count(sums[$0] ?? 0))" }
            return """
                \(evidence.statement); \(count(open)) \(evidence.openWords). \
                Over all networks: \(counts.joined(separator: ", ")).
                """
        }
    }

    /// A sum of counts, whatever a results file has for one.
    private static func count(_ sum: Double) -> String {
        Int(exactly: sum.rounded(.towardZero)).map(String.init) ?? NumberFormat.significant(4).string(sum)
    }

    /// Networks that have no measures, with the reason.
    static func failures(_ population: Population) -> ReportSection {
        // Where a training failed it is told once, not with each of its snapshots.
        let failed = population.failed + population.failedCopies.filter { $0.snapshotEpoch == nil }
        guard !failed.isEmpty else { return ReportSection() }
        var table = Table(["network", "reason"])
        for model in failed {
            guard case .failed(let reason) = model.outcome else { continue }
            table.append([.text(model.label), .text(reason)])
        }
        return ReportSection([
            .heading(2, "Failed networks"),
            .table(
                table.asked(
                    population.restriction == nil
                        ? .query("position, label, measure, reason", from: "failed", of: [population.study.name]) : nil)
            ),
        ])
    }

    /// What made the numbers.
    static func provenance(runs: [RunRecord]) -> ReportSection {
        var table = Table([
            "run", "outcome", "jobs", "Basin", "processor", "BLAS kernels", "kernels", "build", "compiler",
        ])
        for (index, run) in runs.enumerated() {
            let facts = run.provenance
            let commit =
                facts.gitCommit.map { " (\($0.prefix(12))\(facts.isGitDirty == true ? ", changed" : ""))" } ?? ""
            table.append([
                .integer(index + 1), .text(run.outcome.rawValue), .integer(run.jobs),
                .text(facts.basinVersion + commit), .text("\(facts.cpuModel), \(facts.coreCount) cores"),
                .text(facts.blasKernel), facts.kernels.map { .text($0.rawValue) } ?? .missing(nil),
                .text(facts.buildKind.rawValue), .text(facts.compiler),
            ])
        }
        return ReportSection([
            .heading(2, "Provenance"),
            .table(
                table.asked(
                    "SELECT id, outcome, jobs, basin_version, git_commit, cpu_model, blas_kernel, kernels FROM run")),
        ])
    }

    /// Which data the models saw, and what else their last bits hang on.
    static func dataFiles(runs: [RunRecord]) -> ReportSection {
        var blocks: [Block] = []
        let digests = runs.last?.provenance.datasetDigests ?? [:]
        if !digests.isEmpty {
            blocks.append(.paragraph("SHA-256 of the data files, uncompressed:"))
            blocks.append(.list(digests.keys.sorted().map { "\(code: $0): \(code: digests[$0] ?? "")" }))
        }
        return ReportSection(
            blocks + [.note("Last bits differ between kinds of kernels and builds; see the limits in the README.")])
    }
}
