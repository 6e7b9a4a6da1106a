import Analysis
import Statistics

extension StudyVerdicts {
    /// As rows for a person or a script.
    public var table: Table {
        var table = Table([
            "measure", Table.Column("verdict", tones: Verdict.Word.tones), Table.Column("n"),
            Table.Column("rho", format: .fixed(3)),
            Table.Column("low", format: .fixed(3)), Table.Column("high", format: .fixed(3)),
            Table.Column("p_westfall_young", format: .significant(2)), Table.Column("p_holm", format: .significant(2)),
            "given", Table.Column("given_rho", format: .fixed(3)), Table.Column("given_curved", format: .fixed(3)),
            Table.Column("given_p", format: .significant(2)), Table.Column("least_reliability", format: .fixed(2)),
            Table.Column("unmeasured", format: .significant(2)), "before_training",
            Table.Column("gain", format: .fixed(3)),
            Table.Column("gain_se", format: .fixed(3)), Table.Column("detectable", format: .fixed(2)), "reads",
            "why",
        ])
        table.essential = [
            "measure", "verdict", "rho", "why", "given_curved", "p_westfall_young", "low", "high", "n", "given",
        ]
        for row in rows {
            let verdict = row.verdict
            let bounds = verdict.raw.shownInterval?.bounds
            let hardest = verdict.hardest
            let gain = try? verdict.gain.get()
            let noInterval = verdict.raw.reasonWithoutInterval()
            let noPartial = hardest == nil ? row.reasonWithoutTrial : hardest?.partial.reason
            let noCurved = row.reasonWithoutCurve
            table.append([
                .text(verdict.measure), Cell(verdict.word?.rawValue, because: verdict.raw.reason),
                .integer(verdict.raw.count), Cell(verdict.raw.estimate, because: verdict.raw.reason),
                Cell(bounds?.lower, because: noInterval), Cell(bounds?.upper, because: noInterval),
                Cell(verdict.correctedPValue, because: row.reasonWithoutCorrection),
                Cell(verdict.holmPValue, because: row.reasonWithoutCorrection),
                Cell(hardest?.condition, because: noPartial), Cell(hardest?.partial.estimate, because: noPartial),
                Cell(hardest?.value, because: noCurved), Cell(hardest?.pValue, because: noCurved),
                Cell(verdict.leastReliability, because: row.reasonWithoutLeastReliability),
                Cell(verdict.sensitivity?.multiple, because: row.reasonWithoutSensitivity),
                Cell(verdict.wordBeforeTraining?.rawValue, because: verdict.raw.reason),
                Cell(gain?.gain, because: row.reasonWithoutGain),
                Cell(gain?.standardError, because: row.reasonWithoutGain),
                Cell(
                    verdict.detectable,
                    because: "\(verdict.raw.count) networks are too few to find a correlation of any size."),
                Cell(
                    row.reads,
                    because: "This program does not know the measure, so it is not trusted to be a predictor."),
                .text(row.why(design: design)),
            ])
        }
        return table
    }
}
