import Analysis
import Statistics

extension MeasureCorrelations {
    /// As rows for a person or a script, those of a family together.
    public var table: Table {
        let isPermuted = request.permutations != nil
        var columns: [Table.Column] = [
            "measure", "family", Table.Column("n"), Table.Column(request.method.columnName, format: .fixed(4)),
            Table.Column("p", format: .significant(3)), Table.Column("p_holm", format: .significant(3)),
            Table.Column("p_bh", format: .significant(3)),
        ]
        if isPermuted { columns.append(Table.Column("p_permutation", format: .significant(3))) }
        columns += [
            Table.Column("low", format: .fixed(3)), Table.Column("high", format: .fixed(3)), "interval",
        ]
        if request.within != nil {
            columns += [
                Table.Column("within", format: .fixed(4)), Table.Column("p_within", format: .significant(3)),
                Table.Column("p_heterogeneity", format: .significant(3)),
                Table.Column("p_disagree", format: .significant(3)),
            ]
        }
        var table = Table(columns + ["predictor", "remark"])
        var families: [String?] = []
        for row in rows where !families.contains(row.family) { families.append(row.family) }
        for family in families {
            for row in rows where row.family == family { table.append(cells(row)) }
        }
        return table
    }

    private func cells(_ row: Row) -> [Cell] {
        let correlation = row.correlation
        let shown = correlation.shownInterval(analytic: request.interval == .fieller ? .fieller : .analytic)
        var cells: [Cell] = [
            .text(row.measure), Cell(row.family), .integer(correlation.count),
            Cell(correlation.estimate, because: correlation.reason), Cell(correlation.pValue), Cell(row.holmPValue),
            Cell(row.falseDiscoveryRate),
        ]
        switch row.permutation {
        case .success(let test): cells.append(.real(test.pValue))
        case .failure(let undefined): cells.append(.missing(undefined.description))
        case nil: break
        }
        let noInterval = correlation.reasonWithoutInterval(
            analytic: request.interval == .fieller ? .fieller : .analytic)
        cells += [
            Cell(shown?.bounds.lower, because: noInterval), Cell(shown?.bounds.upper, because: noInterval),
            Cell(shown?.name),
        ]
        if let within = row.within {
            switch within.pooled {
            case .success(let pooled):
                cells += [
                    .real(pooled.value), .real(pooled.pValue),
                    Cell(
                        pooled.heterogeneity?.pValue,
                        because: "One group alone has a correlation, so groups cannot differ."),
                ]
            case .failure(let undefined):
                cells += [.missing(undefined.description), .missing, .missing]
            }
            switch row.disagreement {
            case .success(let test): cells.append(.real(test.pValue))
            case .failure(let undefined): cells.append(.missing(undefined.description))
            case nil: cells.append(.missing)
            }
        }
        return cells + [.text(row.mayPredict ? "yes" : "no"), Table.remark([correlation.reason], on: cells)]
    }
}

extension CorrelationMethod {
    /// What the coefficient's column is called.
    var columnName: String {
        switch self {
        case .spearman: "rho"
        case .kendall: "tau"
        case .pearson: "r"
        }
    }
}
