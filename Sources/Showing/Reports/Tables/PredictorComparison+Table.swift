import Analysis

extension PredictorComparison {
    /// One row a pair.
    public var table: Table {
        var table = Table([
            "first", "second", Table.Column("n"), Table.Column("rho_first", format: .fixed(3)),
            Table.Column("rho_second", format: .fixed(3)), Table.Column("rho_between", format: .fixed(3)),
            Table.Column("difference", format: .fixed(3)), Table.Column("low", format: .fixed(3)),
            Table.Column("high", format: .fixed(3)), Table.Column("williams_t", format: .fixed(2)),
            Table.Column("p_williams", format: .significant(2)), Table.Column("steiger_z", format: .fixed(2)),
            Table.Column("p_steiger", format: .significant(2)), Table.Column("gain_first", format: .fixed(3)),
            Table.Column("gain_first_se", format: .fixed(3)), Table.Column("gain_second", format: .fixed(3)),
            Table.Column("gain_second_se", format: .fixed(3)),
        ])
        for row in rows { table.append(cells(row)) }
        return table
    }

    private func cells(_ row: Row) -> [Cell] {
        let found = try? row.comparison.get()
        var reason: String?
        if case .failure(let undefined) = row.comparison { reason = undefined.description }
        let gains = [row.gains.first, row.gains.second].flatMap { gain -> [Cell] in
            switch gain {
            case .success(let gain): [.real(gain.gain), .real(gain.standardError)]
            case .failure(let undefined): [.missing(undefined.description), .missing]
            }
        }
        let bounds = found?.bootstrap?.bounds
        let noBounds = found.map {
            $0.bootstrap?.reason ?? "More than \(MeasureCorrelations.mostForBootstrap) networks are not resampled."
        }
        let noTest = found.map { _ in "The test is undefined for coefficients of ±1." }
        return [
            .text(row.first), .text(row.second), Cell(found?.count, because: reason), Cell(found?.first),
            Cell(found?.second),
            Cell(found?.between), Cell(found?.difference), Cell(bounds?.lower, because: noBounds),
            Cell(bounds?.upper, because: noBounds), Cell(found?.williams?.statistic, because: noTest),
            Cell(found?.williams?.pValue),
            Cell(found?.steiger?.statistic, because: noTest), Cell(found?.steiger?.pValue),
        ] + gains
    }
}
