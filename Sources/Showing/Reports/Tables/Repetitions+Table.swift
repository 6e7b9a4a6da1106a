import Analysis

extension Repetitions {
    /// One row a measure.
    public var table: Table {
        var table = Table([
            "measure", Table.Column("repetitions"), Table.Column("left_out"), Table.Column("rho", format: .fixed(3)),
            Table.Column("low", format: .fixed(3)), Table.Column("high", format: .fixed(3)),
            Table.Column("p", format: .significant(2)), Table.Column("next_low", format: .fixed(3)),
            Table.Column("next_high", format: .fixed(3)), Table.Column("same_sign"),
            Table.Column("tau", format: .fixed(3)), Table.Column("i_squared", format: .fixed(2)),
            Table.Column("p_heterogeneity", format: .significant(2)), "predictor",
        ])
        for row in rows {
            let pooled = try? row.pooled.get()
            let best = pooled?.pauleMandel
            var reason: String?
            if case .failure(let undefined) = row.pooled { reason = undefined.description }
            table.append([
                .text(row.measure), .integer(row.correlations.count - row.leftOut), .integer(row.leftOut),
                Cell(best?.mean, because: reason), Cell(best?.interval?.lower, because: pooled?.reason),
                Cell(best?.interval?.upper), Cell(best?.pValue),
                Cell(best?.predictionInterval?.lower, because: pooled?.reason), Cell(best?.predictionInterval?.upper),
                Cell(row.agreeing),
                Cell(best?.tauSquared.squareRoot()), Cell(pooled?.iSquared), Cell(pooled?.heterogeneityPValue),
                .text(row.mayPredict ? "yes" : "no"),
            ])
        }
        return table
    }

    /// One row a measure and repetition.
    public var eachTable: Table {
        var table = Table([
            "measure", Table.Column(over, alignment: .left), Table.Column("n"), Table.Column("rho", format: .fixed(3)),
            Table.Column("low", format: .fixed(3)), Table.Column("high", format: .fixed(3)),
            Table.Column("p", format: .significant(2)),
        ])
        for row in rows {
            for (name, correlation) in zip(names, row.correlations) {
                table.append([
                    .text(row.measure), .text(name), .integer(correlation.count),
                    Cell(correlation.estimate, because: correlation.reason),
                    Cell(correlation.interval?.lower, because: correlation.reasonWithoutInterval()),
                    Cell(correlation.interval?.upper), Cell(correlation.pValue),
                ])
            }
        }
        return table
    }
}
