import Analysis

extension RoundingRanges {
    /// One row a measure: its correlation as it is, the least and the greatest over all arithmetics, and what is not
    /// the same in all of them; the same given regime and grid where the study has them.
    public var table: Table {
        func columns(_ before: String) -> [Table.Column] {
            [
                Table.Column("\(before)rho", format: .fixed(3)), Table.Column("\(before)least", format: .fixed(3)),
                Table.Column("\(before)greatest", format: .fixed(3)),
                Table.Column("\(before)p", format: .significant(2)),
                Table.Column("\(before)p_least", format: .significant(2)),
                Table.Column("\(before)p_greatest", format: .significant(2)),
                Table.Column("\(before)arithmetics"), Table.Column("\(before)changes", alignment: .left),
            ]
        }
        var table = Table(["measure"] + columns("") + (design.isEmpty ? [] : columns("given_")) + ["predictor"])
        for row in rows {
            let given = row.given.map(Self.cells) ?? []
            table.append([.text(row.measure)] + Self.cells(row.raw) + given + [.text(row.mayPredict ? "yes" : "no")])
        }
        return table
    }

    private static func cells(_ found: Result<Range, NoRange>) -> [Cell] {
        switch found {
        case .failure(let reason):
            [.missing(reason.sentence)] + [Cell](repeating: .missing, count: 7)
        case .success(let range):
            [
                .real(range.asItIs), .real(range.least), .real(range.greatest), .real(range.pValue),
                .real(range.leastP), .real(range.greatestP), .integer(range.count), .text(range.changes ?? "nothing"),
            ]
        }
    }
}
