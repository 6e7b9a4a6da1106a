import Reports
import Running

extension StudyPlan {
    /// One row a configuration; times and sizes are those of what is missing, times on one core if all epochs are
    /// trained.
    var table: Table {
        var table = Table([
            "configuration", "dataset", "training_points", "batch_size", "learning_rate", "networks", "finished",
            "missing", "epochs_at_most", Table.Column("seconds_at_most", format: .fixed(1)),
            Table.Column("megabytes", format: .fixed(1)),
        ])
        for part in parts {
            let configuration = part.configuration
            let rounding = configuration.model.kind.rounding
            let label = [
                rounding == 0 ? "" : "rounding \(rounding)", configuration.label,
                configuration.variant?.description ?? "",
            ].filter { !$0.isEmpty }
            let data = configuration.model.kind.data
            let facts = data == nil ? [:] : configuration.model.kind.facts
            // The largest that a file can state is no whole number any more as a number.
            let batch = facts["batch_size"]
            table.append([
                label.isEmpty ? .missing : .text(label.joined(separator: ", ")), Cell(data?.dataset),
                Cell(data?.trainingPoints), batch?.integer.map(Cell.integer) ?? Cell(batch?.number),
                Cell(facts["learning_rate"]?.number),
                .integer(part.networks), .integer(part.finished), .integer(part.missing), Cell(part.epochs),
                .real((part.seconds * 10).rounded() / 10),
                .real((Double(part.bytes) / 1e5).rounded() / 10),
            ])
        }
        return table
    }

    /// The whole of it, in a sentence.
    func summary(jobs: Int) -> String {
        let time = StudyProgress.duration(seconds(jobs: jobs))
        let jobText = jobs == 1 ? "one job" : "\(jobs) jobs"
        return "\(missing) of \(networks) \(kind.unit) to make: about \(time) at most with \(jobText), "
            + "\((Double(bytes) / 1e6).formatted(.number.precision(.fractionLength(0)))) MB in the results "
            + "file.\(kind.costRemark)"
    }
}
