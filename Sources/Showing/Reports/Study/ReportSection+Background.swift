import Analysis
import Measures
import Results

extension ReportSection {
    /// What each measure is, what it costs, and how sure its values are.
    static func measures(_ population: Population) throws -> ReportSection {
        var table = Table([
            "measure", "family", "reads", "invariant to", Table.Column("values"),
            Table.Column("mean", format: .significant(5)), Table.Column("mean standard error", format: .significant(3)),
            Table.Column("mean effort", format: .significant(4)), "effort in",
        ])
        var lines = ["## The measures themselves", ""]
        for column in population.columns {
            let records = try population.measurements(column).compactMap { $0 }
            let found = records.filter { $0.value != nil }
            let about = population.about(column)
            table.append([
                .text(column), Cell(about?.family), Cell(about?.readingList), Cell(about?.invarianceList),
                .integer(found.count), Cell(mean(found.compactMap(\.value))),
                Cell(mean(found.compactMap(\.standardError))), Cell(mean(found.map { Double($0.effort) })),
                Cell(about?.effortUnit),
            ])
        }
        lines.append(table.render(.markdown))
        lines += try evidence(population)
        lines += ["", "Formulas, sources and limits: `basin measures ID`."]
        return ReportSection(lines)
    }

    /// How the values of measures that count it were reached, over all networks.
    private static func evidence(_ population: Population) throws -> [String] {
        try population.columns.flatMap { column -> [String] in
            guard let evidence = population.about(column)?.evidence else { return [] }
            var sums: [String: Double] = [:]
            for record in try population.measurements(column) {
                for (name, count) in record?.detail ?? [:] { sums[name, default: 0] += count }
            }
            guard let open = sums[evidence.openDetail] else { return [] }
            let counts = sums.keys.sorted().map { "\($0.replacing("_", with: " ")) \(Int(sums[$0] ?? 0))" }
            return [
                "",
                "\(evidence.statement); \(Int(open)) \(evidence.openWords). "
                    + "Over all networks: \(counts.joined(separator: ", ")).",
            ]
        }
    }

    private static func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    /// Networks that have no measures, with the reason.
    static func failures(_ population: Population) -> ReportSection {
        let failed = population.failed + population.failedCopies
        guard !failed.isEmpty else { return ReportSection([]) }
        var table = Table(["network", "reason"])
        for model in failed {
            guard case .failed(let reason) = model.outcome else { continue }
            table.append([.text(model.label), .text(reason)])
        }
        return ReportSection(["## Failed networks", "", table.render(.markdown)])
    }

    /// What made the numbers.
    static func provenance(_ population: Population, runs: [RunRecord]) -> ReportSection {
        var table = Table(["run", "outcome", "jobs", "Basin", "processor", "BLAS kernels", "build", "compiler"])
        for (index, run) in runs.enumerated() {
            let facts = run.provenance
            let commit =
                facts.gitCommit.map { " (\($0.prefix(12))\(facts.isGitDirty == true ? ", changed" : ""))" } ?? ""
            table.append([
                .integer(index + 1), .text(run.outcome.rawValue), .integer(run.jobs),
                .text(facts.basinVersion + commit), .text("\(facts.cpuModel), \(facts.coreCount) cores"),
                .text(facts.blasKernel), .text(facts.buildKind.rawValue), .text(facts.compiler),
            ])
        }
        var lines = ["## Provenance", "", table.render(.markdown)]
        let digests = runs.last?.provenance.datasetDigests ?? [:]
        if !digests.isEmpty {
            lines += ["", "SHA-256 of the data files, uncompressed:", ""]
            lines += digests.keys.sorted().map { "- `\($0)`: `\(digests[$0] ?? "")`" }
        }
        lines += ["", "Last bits differ between kinds of kernels and builds; see the limits in the README."]
        return ReportSection(lines)
    }
}
