import Analysis
import Statistics

extension Robustness {
    /// One row a measure; psi has a column for each hyperparameter.
    public var table: Table {
        var table = Table(
            ["measure", Table.Column("tau", format: .fixed(3))]
                + axes.map { Table.Column("psi \($0)", format: .fixed(3)) } + [
                    Table.Column("psi_mean", format: .fixed(3)), Table.Column("cmi", format: .fixed(3)), "cmi_given",
                    "sign",
                    Table.Column("environments"), Table.Column("error_mean", format: .fixed(3)),
                    Table.Column("error_90", format: .fixed(3)), Table.Column("error_worst", format: .fixed(3)),
                    "worst",
                    Table.Column("pgdl", format: .fixed(2)), "predictor",
                ])
        for row in rows { table.append(cells(row)) }
        return table
    }

    private func cells(_ row: Row) -> [Cell] {
        let predictor = Cell.text(row.mayPredict ? "yes" : "no")
        let score: Cell
        switch row.pgdl {
        case .success(let found): score = .real(found.score)
        case .failure(let undefined): score = .missing(undefined.description)
        case nil:
            score = .missing(
                "PGDL scores the generalization gap, which takes train_accuracy and test_accuracy, or "
                    + "generalization_gap.")
        }
        switch row.result {
        case .failure(let undefined):
            return [.text(row.measure), .missing(undefined.description)]
                + [Cell](repeating: .missing, count: axes.count + 9)
                + [score, predictor]
        case .success(let found):
            let information = found.information.minimum
            let psi = found.kendall.axes.map { Cell($0.psi, because: $0.reason) }
            var errors = [Cell](repeating: .missing, count: 5)
            switch found.signError {
            case .failure(let undefined): errors[1] = .missing(undefined.description)
            case .success(let distribution):
                let worst = distribution.worst
                errors = [
                    .integer(distribution.environments.count), .real(distribution.mean),
                    .real(distribution.quantile(0.9)),
                    .real(worst.error), .text("\(worst.axis) \(worst.from) to \(worst.to)"),
                ]
            }
            return [.text(row.measure), .real(found.kendall.tau)] + psi + [
                Cell(found.kendall.mean, because: found.kendall.reason),
                Cell(information?.value, because: found.information.reason),
                Cell(information.map { $0.axes.isEmpty ? "nothing" : $0.axes.joined(separator: ", ") }),
                .text((found.sign == .positive ? "+" : "-") + (found.isPredicted ? "" : " (as found)")),
            ] + errors + [score, predictor]
        }
    }

    private static func without(_ reason: String, _ row: Row) -> [Cell] {
        [.text(row.measure), nil, nil, nil, nil, .missing(reason), nil, nil]
    }

    /// Every environment of every measure with its sign error; one row with the reason for a measure that has none.
    public var environments: Table {
        var table = Table(
            [
                "measure", "changes", "from", "to", "others", Table.Column("error", format: .fixed(3)),
                Table.Column("pairs"),
                Table.Column("tied"),
            ])
        for row in rows {
            let distribution: RobustSignError
            switch row.result.map(\.signError) {
            case .success(.success(let found)): distribution = found
            case .success(.failure(let undefined)): table.append(Self.without(undefined.description, row)); continue
            case .failure(let undefined): table.append(Self.without(undefined.description, row)); continue
            }
            for environment in distribution.environments {
                let others = zip(axes.filter { $0 != environment.axis }, environment.others).map { "\($0) \($1)" }
                table.append([
                    .text(row.measure), .text(environment.axis), .text(environment.from), .text(environment.to),
                    .text(others.joined(separator: ", ")), .real(environment.error), .integer(environment.pairs),
                    .integer(environment.tied),
                ])
            }
        }
        return table
    }
}
