import Analysis
import Measures
import Parameters
import Results

extension Population {
    /// One row a model: what tells it apart, its hyperparameters, and its measures, each a column; numbers with all
    /// digits.
    ///
    /// A hyperparameter that is called as a column before it has its name behind "hyperparameter_".
    public var modelTable: Table {
        let settings = models.map { ParameterValue.all(in: $0.hyperparameters) }
        let keys = Set(settings.flatMap(\.keys)).sorted()
        let fixed = ["position", "label", "seed", "regime"]
        let taken = Set(fixed + columns)
        let measures = columns.map { (name: $0, values: (try? values($0)) ?? []) }
        var table = Table(
            fixed.map { Table.Column($0) }
                + keys.map { Table.Column(taken.contains($0) ? "hyperparameter_\($0)" : $0) }
                + columns.map { Table.Column($0, format: .exact) })
        for (row, model) in models.enumerated() {
            var cells: [Cell] = [
                .integer(model.position), .text(model.label), Cell(model.seed.map { "\($0)" }), Cell(model.regime),
            ]
            cells += keys.map { Cell(settings[row][$0]) }
            cells += measures.map { Cell($0.values.indices.contains(row) ? $0.values[row] : nil) }
            table.append(cells)
        }
        return table
    }

    /// One row a model and measure: the value with its doubt, what it took, and why where there is none.
    public var measurementTable: Table {
        var table = Table([
            "position", "label", "measure", .init("value", format: .exact), .init("standard_error", format: .exact),
            "effort", "status", "reason", .init("seconds", format: .exact),
        ])
        let measures = columns.map { ($0, (try? measurements($0)) ?? []) }
        for (row, model) in models.enumerated() {
            for (name, records) in measures {
                guard records.indices.contains(row), let record = records[row] else { continue }
                table.append([
                    .integer(model.position), .text(model.label), .text(name), Cell(record.value),
                    Cell(record.standardError), .integer(record.effort), .text(record.status.rawValue),
                    Cell(record.reason), .real(record.seconds),
                ])
            }
        }
        return table
    }
}

extension Cell {
    /// A setting as its study file writes it.
    fileprivate init(_ value: ParameterValue?) {
        switch value {
        case .integer(let number): self = .integer(number)
        case .number(let number): self = .real(number)
        case .word(let word): self = .text(word)
        case .flag(let flag): self = .text(flag ? "true" : "false")
        case nil: self = .missing
        }
    }
}

extension Population {
    /// One row a measured column: how many models have a value, and what it took.
    public var holdings: Table {
        var table = Table([
            "column", "family", "values", "missing", .init("median", format: .significant(4)),
            .init("seconds", format: .significant(3)), "predictor",
        ])
        for name in columns {
            let records = ((try? measurements(name)) ?? []).compactMap(\.self)
            let values = records.compactMap(\.value)
            table.append([
                .text(name), Cell(about(name)?.family), .integer(values.count), .integer(models.count - values.count),
                Cell(Quartiles(values)?.median), .real(records.reduce(0) { $0 + $1.seconds }),
                .text(mayPredict(name) ? "yes" : "no"),
            ])
        }
        return table
    }
}
