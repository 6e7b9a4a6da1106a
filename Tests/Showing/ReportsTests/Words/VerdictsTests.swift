import Analysis
import Recording
import Reports
import Results
import Statistics
import SyntheticStudies
import Testing

@Suite struct VerdictsTests {
    /// Without a bootstrap of many resamples, which these tests do not need.
    private static var rule: VerdictRule {
        var rule = VerdictRule()
        rule.bootstrap = Bootstrap(seed: 1, resamples: 200)
        rule.gain.repeats = 2
        return rule
    }

    private func verdicts(_ population: Population, target: String? = nil) throws -> StudyVerdicts {
        try StudyVerdicts(of: population, target: target, rule: Self.rule)
    }

    private func row(_ measure: String, _ verdicts: StudyVerdicts) throws -> StudyVerdicts.Row {
        try #require(verdicts.rows.first { $0.verdict.measure == measure })
    }

    @Test("What moves the target, what follows the regime, noise and what reads the target each get their word")
    func words() throws {
        let found = try verdicts(KnownTruth().enter(in: Archive()))
        let words = Dictionary(
            uniqueKeysWithValues: found.rows.map { ($0.verdict.measure, $0.verdict.word?.rawValue ?? "") })
        #expect(
            words == [
                "weight_norm_l2": "supported", "hessian_trace_hutchinson": "supported", "hessian_trace": "confounded",
                "pair_proxy": "undetectable at this n", "dead_units": "undetectable at this n",
                "test_loss": "not a predictor", "weight_norm_l1": "", "free_parameters": "",
            ])
        #expect(found.design == ["regime"] && found.confounders == ["dead_units"])
        #expect(found.baseline == ["regime", "dead_units"])
        // All but the target and test_loss, those without a correlation included.
        #expect(found.rows.allSatisfy { $0.verdict.tried == 7 && $0.verdict.tested == 5 })
    }

    @Test("Rows go by word, then by the size of the correlation; those without a word are last")
    func order() throws {
        let found = try verdicts(KnownTruth().enter(in: Archive())).rows.map(\.verdict)
        let places = found.map { verdict in
            verdict.word.flatMap(Verdict.Word.allCases.firstIndex) ?? Verdict.Word.allCases.count
        }
        #expect(places == places.sorted() && Set(places).count == 5)
        for (before, after) in zip(found, found.dropFirst()) where before.word == after.word {
            #expect(abs(before.raw.estimate ?? 0) >= abs(after.raw.estimate ?? 0))
        }
    }

    @Test("Each word has its sentence, with what decided it")
    func sentences() throws {
        let found = try verdicts(KnownTruth().enter(in: Archive()))
        let norm = try row("weight_norm_l2", found)
        #expect(norm.sentence.hasPrefix("rho +0.") && norm.sentence.contains(" over 60 networks, p "))
        #expect(norm.sentence.contains("corrected for 5 measures; survives given regime"))
        #expect(norm.sentence.contains("% of the target's rank variance to the baseline"))
        #expect(norm.sentence.hasSuffix(": supported"))
        #expect(!norm.sentence.contains("; reliability"))
        let estimated = try row("hessian_trace_hutchinson", found)
        #expect(
            estimated.sentence.contains("; reliability 0.")
                && (estimated.noiseFree ?? 0) > (estimated.verdict.raw.estimate ?? 1))
        let trace = try row("hessian_trace", found).sentence
        #expect(trace.contains("; goes given regime") && trace.hasSuffix(": confounded"))
        let noise = try row("pair_proxy", found).sentence
        #expect(
            noise.contains("; ±0.")
                && noise.contains(" would be found in four of five such studies; for one of this size it takes "))
        #expect(noise.hasSuffix(" networks: undetectable at this n"))
        let leak = try row("test_loss", found).sentence
        #expect(leak.contains("reads ") && leak.hasSuffix(": not a predictor"))
        #expect(!leak.contains("corrected") && !leak.contains("given") && !leak.contains("baseline"))
        #expect(
            try row("weight_norm_l1", found).sentence == "no verdict: weight_norm_l1 has the same value in every row")
        #expect(
            try row("free_parameters", found).sentence
                == "no verdict: There are 0 complete rows, fewer than the 3 it takes")
    }

    @Test("A correlation that shows within the regimes alone is masked, and the sentence says given what it shows")
    func hidden() throws {
        let networks = (0..<40).map { index in
            let (regime, place) = (Double(index % 2), Double(index / 2))
            return SyntheticStudy.Network(
                regime: "\(index % 2)",
                columns: ["test_accuracy": place + 12 * regime, "weight_norm_l2": place - 12 * regime])
        }
        let norm = try row("weight_norm_l2", verdicts(Archive().population(SyntheticStudy(networks: networks))))
        #expect(norm.verdict.word == .masked)
        #expect(norm.sentence.contains("; shows only given regime (+0.9") && norm.sentence.hasSuffix(": masked"))
    }

    @Test("The records are the numbers of the table, with the sentence and the number tried")
    func records() throws {
        let found = try verdicts(KnownTruth().enter(in: Archive()))
        let records = found.records
        #expect(records.map(\.measure) == found.rows.map(\.verdict.measure))
        for (record, row) in zip(records, found.rows) {
            let cells = found.table.cells(record.measure)
            #expect(record.target == "test_accuracy" && record.tried == 7 && record.sentence == row.sentence)
            #expect(cells["verdict"]?.text == record.verdict && cells["n"]?.integer == record.count)
            #expect(cells["rho"]?.real == record.estimate && cells["p_holm"]?.real == record.holmPValue)
            #expect(cells["p_westfall_young"]?.real == record.correctedPValue)
            #expect(
                cells["low"]?.real == record.interval?.lowerBound && cells["high"]?.real == record.interval?.upperBound)
            #expect(cells["given"]?.text == record.given?.joined(separator: ", "))
            #expect(cells["given_rho"]?.real == record.givenEstimate)
            #expect(
                cells["given_curved"]?.real == record.givenCurvedEstimate
                    && cells["given_p"]?.real == record.givenCurvedPValue)
            #expect(
                cells["least_reliability"]?.real == record.leastReliability
                    && cells["unmeasured"]?.real == record.unmeasuredStrength
                    && cells["before_training"]?.text == record.verdictBeforeTraining)
            #expect(cells["gain"]?.real == record.gain && cells["gain_se"]?.real == record.gainError)
            #expect(cells["detectable"]?.real == record.detectable && cells["reads"]?.text == record.reads)
            let why = cells["why"]?.text ?? ""
            #expect(why.contains("cannot tell it from nothing") == (record.verdict == "undetectable at this n"))
            #expect((why == "reads unseen labels") == (record.verdict == "not a predictor") && !why.isEmpty)
            #expect(
                (record.reason == nil) == (record.verdict != nil)
                    && record.reason == (record.verdict == nil ? cells["rho"]?.reason : nil))
        }
        let estimated = try #require(records.first { $0.measure == "hessian_trace_hutchinson" })
        #expect(try #require(estimated.reliability) < 1 && #require(estimated.noiseFree) > #require(estimated.estimate))
        #expect(records.count { $0.reliability != nil } == 1)
    }

    @Test("Records are kept in the results file as they are, but for the second")
    func kept() throws {
        let archive = try Archive()
        let population = try KnownTruth().enter(in: archive)
        let found = try verdicts(population).records
        try archive.store.record(found, about: "test_accuracy", study: population.study.id)
        let kept = try archive.store.judgements(of: population.study.id)
        func plain(_ records: [JudgementRecord]) -> [JudgementRecord] {
            records.map { record in
                var record = record
                record.computedAt = .distantPast
                return record
            }.sorted { $0.measure < $1.measure }
        }
        #expect(plain(kept) == plain(found))
    }

    @Test(
        "Small and odd populations have a reason for all that is missing, and no number that is none",
        arguments: [0, 1, 2, 3, 4, 5, 8])
    func small(networks: Int) throws {
        for regimes in [["only"], ["small-batch", "large-batch"], (0..<8).map { "regime \($0)" }] {
            let population = try KnownTruth(networks: networks, regimes: regimes).enter(in: Archive())
            guard networks > 0 else {
                let error = #expect(throws: UnknownColumn.self) { try verdicts(population) }
                #expect(error?.description == "No model of 'toy' has been measured yet. Run it with 'basin run toy'.")
                continue
            }
            let found = try verdicts(population)
            #expect(found.table.unexplained.isEmpty, "\(found.table.unexplained)")
            #expect(found.rows.allSatisfy { !$0.sentence.contains("nan") && !$0.sentence.contains("inf") })
            for record in found.records {
                #expect((record.verdict == nil) == (record.reason != nil))
                let numbers = [
                    record.estimate, record.pValue, record.correctedPValue, record.givenEstimate, record.gain,
                ]
                #expect(numbers.allSatisfy { $0?.isFinite ?? true })
            }
            if networks < 3 {
                #expect(
                    found.rows.allSatisfy {
                        $0.verdict.word == nil && $0.sentence.contains("fewer than the 3 it takes")
                    })
            }
        }
    }

    @Test("Where nothing was varied or measured to be held fixed, the table says so")
    func nothingHeldFixed() throws {
        let found = try verdicts(
            Archive().population(
                SyntheticStudy(
                    networks: (0..<20).map {
                        .init(columns: [
                            "test_accuracy": Double($0), "weight_norm_l2": Double($0 * 7 % 20),
                            "own_measure": Double($0),
                        ])
                    })))
        #expect(found.design.isEmpty && found.confounders.isEmpty && found.baseline.isEmpty)
        #expect(found.table.cells("weight_norm_l2")["given"]?.reason == "There was nothing to hold fixed.")
        // What a measure of another program reads is not known.
        let own = try row("own_measure", found)
        #expect(own.verdict.word == .notAPredictor && own.sentence.contains("reads what this program does not know"))
        #expect(found.table.cells("own_measure")["reads"]?.reason?.contains("does not know the measure") == true)
    }

    @Test("A study whose networks all failed is told apart from one that was not run")
    func allFailed() throws {
        let population = try Archive().population(
            SyntheticStudy(
                networks: (0..<3).map { _ in
                    .init(columns: [:], failure: "The loss is not finite after epoch 3.")
                }))
        let error = #expect(throws: UnknownColumn.self) { try verdicts(population) }
        #expect(
            error?.description == "Every network of 'toy' failed, so there is nothing to compute. The first: "
                + "The loss is not finite after epoch 3.")
    }

    @Test("A target that no network has is refused; one without values leaves each measure with its reason")
    func targets() throws {
        let population = try KnownTruth().enter(in: Archive())
        let error = #expect(throws: UnknownColumn.self) { try verdicts(population, target: "test_acuracy") }
        #expect(error?.description.contains("Did you mean 'test_accuracy'?") == true)
        let found = try verdicts(population, target: "free_parameters")
        #expect(found.rows.count == 8 && found.rows.allSatisfy { $0.verdict.word == nil })
        #expect(found.table.unexplained.isEmpty)
        #expect(found.records.allSatisfy { $0.reason == "There are 0 complete rows, fewer than the 3 it takes." })
    }

    @Test("Unknown confounders and baselines are refused with the nearest name; regime and hyperparameters are known")
    func confounders() throws {
        let population = try KnownTruth().enter(in: Archive())
        for (confounders, baseline) in [(["dead_unit"], nil), (nil, ["dead_unit"])] as [([String]?, [String]?)] {
            let error = #expect(throws: UnknownColumn.self) {
                try StudyVerdicts(of: population, confounders: confounders, baseline: baseline, rule: Self.rule)
            }
            #expect(error?.description.contains("Did you mean 'dead_units'?") == true)
        }
        // The regime is held fixed as it is, and a name said twice is one.
        let found = try StudyVerdicts(
            of: population, confounders: ["pair_proxy", "regime", "pair_proxy"], baseline: ["regime"], rule: Self.rule)
        #expect(found.confounders == ["pair_proxy"])
        #expect(try row("weight_norm_l2", found).verdict.trials.map(\.condition) == ["regime", "regime, pair_proxy"])
        // A measure is no confounder of itself.
        #expect(try row("pair_proxy", found).verdict.trials.map(\.condition) == ["regime"])
        #expect(found.baseline == ["regime"])
    }

    @Test("Verdicts are those of the rule on the columns themselves")
    func sameAsRule() throws {
        let population = try Archive().population(KnownTruth().study)
        func column(_ name: String) throws -> Column { Column(name, try population.values(name)) }
        let names = population.columns.filter { $0 != "test_accuracy" }
        let labels = population.models.map(\.regime)
        let evidence = Evidence(
            target: try column("test_accuracy"),
            candidates: try names.map { Candidate(try column($0), mayPredict: $0 != "test_loss") },
            factors: [Factor("regime", labels)], seeds: population.models.compactMap(\.seed),
            confounders: [Confounder(try column("dead_units"))])
        let expected = Self.rule.judge(evidence)
        let found = try verdicts(population).rows.map(\.verdict)
        #expect(found.sorted { $0.measure < $1.measure } == expected.sorted { $0.measure < $1.measure })
    }
}
