import GRDB

extension Schema {
    /// Schema 7: what a verdict is from since conditions are held fixed by curves and tried with noise.
    ///
    /// Rows that verified keep verifying; one that did not keeps its old checksum, which is not that of what it holds.
    static func addConditions(_ db: Database) throws {
        IntegrityFunctions.register(in: db.sqliteConnection)
        func share(_ column: String) -> String { "\(column) REAL CHECK (\(column) BETWEEN 0 AND 1)" }
        func correlation(_ column: String) -> String { "\(column) REAL CHECK (\(column) BETWEEN -1 AND 1)" }
        let added = [
            "verdict_before_training TEXT", "benchmark TEXT", share("p_westfall_young"),
            correlation("given_curved_estimate"), share("given_curved_p_value"), share("given_corrected_p_value"),
            share("noisy_p_value"), share("least_reliability"), share("robustness_value"),
            "unmeasured_strength REAL CHECK (unmeasured_strength >= 0)", "target_reliability REAL",
            "target_reliability_within REAL", correlation("rounding_low"), correlation("rounding_high"),
        ]
        let before = [
            "study_id", "place", "measure", "target", "verdict", "n", "estimate", "interval_low", "interval_high",
            "p_value", "p_corrected", "tried", "detectable", "given", "given_estimate", "given_p_value",
            "change_p_value", "gain", "gain_error", "reliability", "noise_free", "reads", "sentence", "reason",
            "computed_at",
        ]
        let after = [
            "study_id", "place", "measure", "target", "verdict", "verdict_before_training", "n", "estimate",
            "interval_low", "interval_high", "rounding_low", "rounding_high", "p_value", "p_westfall_young",
            "p_corrected", "tried", "detectable", "given", "given_estimate", "given_p_value", "given_curved_estimate",
            "given_curved_p_value", "given_corrected_p_value", "noisy_p_value", "least_reliability",
            "robustness_value", "unmeasured_strength", "benchmark", "change_p_value", "gain", "gain_error",
            "reliability", "target_reliability", "target_reliability_within", "noise_free", "reads", "sentence",
            "reason", "computed_at",
        ]
        func checksum(_ columns: [String]) -> String { "row_checksum(\(columns.joined(separator: ", ")))" }
        try db.execute(
            sql: """
                CREATE TEMP TABLE sound AS SELECT study_id, target, place FROM judgement
                    WHERE checksum IS \(checksum(before));
                CREATE TEMP TABLE whole AS SELECT owner FROM seal s WHERE table_name = 'judgement'
                    AND rows = (SELECT count(*) FROM judgement WHERE study_id = s.owner)
                    AND checksum = (SELECT wrapping_sum(checksum) FROM judgement WHERE study_id = s.owner);
                """)
        for column in added { try db.execute(sql: "ALTER TABLE judgement ADD COLUMN \(column)") }
        try db.execute(
            sql: """
                UPDATE judgement SET checksum = \(checksum(after)) WHERE EXISTS (
                    SELECT 1 FROM sound s WHERE s.study_id = judgement.study_id AND s.target = judgement.target
                        AND s.place = judgement.place);
                UPDATE seal SET checksum = (SELECT wrapping_sum(checksum) FROM judgement WHERE study_id = seal.owner)
                    WHERE table_name = 'judgement' AND owner IN (SELECT owner FROM whole);
                DROP TABLE sound;
                DROP TABLE whole;
                """)
    }
}
