import Statistics
import Testing

@Suite struct VerdictRuleTests {
    /// Without a bootstrap of many resamples, which these tests do not need.
    private var rule: VerdictRule {
        var rule = VerdictRule()
        rule.bootstrap = Bootstrap(seed: 1, resamples: 200)
        rule.gain.repeats = 2
        return rule
    }

    private func verdict(_ measure: String, _ evidence: Evidence) throws -> Verdict {
        try #require(rule.judge(evidence).first { $0.measure == measure })
    }

    /// Twenty models in each of two regimes; `x` and `y` of a place within its regime.
    private func twoRegimes(
        _ x: (_ regime: Double, _ place: Double) -> Double, _ y: (_ regime: Double, _ place: Double) -> Double
    ) -> Evidence {
        let rows = (0..<40).map { (regime: Double($0 % 2), place: Double($0 / 2)) }
        let labels: [String?] = rows.map { "\($0.regime)" }
        return Evidence(
            target: Column("y", rows.map { y($0.regime, $0.place) }),
            candidates: [Candidate(Column("x", rows.map { x($0.regime, $0.place) }))],
            factors: [Factor("regime", labels)])
    }

    /// Numbers in -1...1 without any order.
    private func scattered(_ seed: Int) -> (Double) -> Double {
        { place in (Double((Int(place) * 7919 + seed * 104_729) * 2_654_435_761 % 1_000_003) / 500_001.5) - 1 }
    }

    @Test("Two clusters without an inner correlation are confounded by the regime")
    func clusters() throws {
        let (a, b) = (scattered(1), scattered(2))
        let found = try verdict("x", twoRegimes({ 5 * $0 + a($1 + 100 * $0) }, { 5 * $0 + b($1 + 100 * $0) }))
        #expect(found.word == .confounded)
        #expect(found.trials.map(\.outcome) == [.lost])
        #expect(found.hardest?.condition == "regime")
        #expect(try #require(found.hardest?.change).pValue < 0.01)
    }

    @Test("A trend that every regime has is supported; one that the regimes turn round is masked, and reversed by them")
    func trends() throws {
        #expect(try verdict("x", twoRegimes({ 100 * $0 + $1 }, { 100 * $0 + $1 })).word == .supported)
        let turned = try verdict("x", twoRegimes({ 100 * $0 - $1 }, { 100 * $0 + $1 }))
        #expect(turned.word == .masked && turned.unmasking?.condition == "regime")
        #expect(turned.trials.map(\.outcome) == [.reversed])
        #expect(try #require(turned.raw.estimate) > 0.4 && #require(turned.hardest?.value) < -0.8)
    }

    @Test("A trend that shows only within the regimes is masked by them, after correction over measures and conditions")
    func masked() throws {
        let found = try verdict("x", twoRegimes({ $1 - 12 * $0 }, { $1 + 12 * $0 }))
        #expect(found.word == .masked && found.unmasking?.names == ["regime"])
        #expect(try #require(found.correctedPValue) >= 0.05 && #require(found.unmasking?.correctedPValue) < 0.05)
    }

    @Test("A measure that the regime determines is confounded: nothing is left of it")
    func determined() throws {
        let b = scattered(2)
        let found = try verdict("x", twoRegimes({ regime, _ in regime }, { 5 * $0 + b($1 + 100 * $0) }))
        #expect(found.word == .confounded)
        #expect(found.hardest?.value == nil && found.hardest?.outcome == .lost)
    }

    @Test("A regime with the opposite trend makes a correlation unstable that stands and survives the regime")
    func oppositeStrata() throws {
        // Three of four regimes rise; the fourth falls with more noise.
        let noise = scattered(8)
        let rows = (0..<80).map { (regime: $0 % 4, place: Double($0 / 4)) }
        let labels: [String?] = rows.map { "\($0.regime)" }
        let found = try verdict(
            "x",
            Evidence(
                target: Column(
                    "y",
                    rows.map { regime, place in
                        regime < 3 ? place + 3 * noise(place + 20 * Double(regime)) : 19 - place + 5 * noise(place + 90)
                    }),
                candidates: [Candidate(Column("x", rows.map(\.place)))],
                factors: [Factor("regime", labels)]))
        #expect(found.trials.map(\.outcome) == [.survived])
        #expect(found.word == .unstable && found.doubts.count == 1)
        guard case .strata(let p)? = found.doubts.first else { return }
        #expect(try p == found.strata?.pooled.get().heterogeneity?.pValue && p < 0.001)
    }

    @Test("A correlation that half remains in a small study is open: it cannot be told")
    func open() throws {
        // x = c + w, y = c + w + e with w held fixed: about half of the correlation is c's.
        let (c, w, e) = (scattered(3), scattered(4), scattered(5))
        let places = (0..<14).map(Double.init)
        let evidence = Evidence(
            target: Column("y", places.map { 0.8 * c($0) + w($0) + 1.1 * e($0) }),
            candidates: [Candidate(Column("x", places.map { c($0) + w($0) }))],
            confounders: [Confounder(Column("w", places.map { w($0) }))])
        let found = try verdict("x", evidence)
        #expect(try #require(found.correctedPValue) < 0.05 && #require(found.hardest?.pValue) >= 0.05)
        #expect(found.trials.contains { $0.isOpenForTests })
        #expect(found.word == .open)
    }

    @Test("What reads the target is no predictor, however strong, and takes no part in the correction")
    func leak() throws {
        let places = (0..<30).map(Double.init)
        let noise = scattered(6)
        let evidence = Evidence(
            target: Column("y", places),
            candidates: [
                Candidate(Column("leak", places), mayPredict: false),
                Candidate(Column("noise", places.map { noise($0) })),
                Candidate(Column("constant", places.map { _ in 1 })),
            ])
        let found = rule.judge(evidence)
        #expect(found.map(\.word) == [.notAPredictor, .undetectable, nil])
        #expect(found[0].correctedPValue == nil && found[1].holmPValue == found[1].raw.pValue)
        #expect(found.map(\.tried) == [2, 2, 2])
        #expect(found[2].raw.reason == "constant has the same value in every row.")
    }

    @Test("With fewer than three models there is no verdict, and a sentence says why", arguments: 0...2)
    func tooFew(models: Int) throws {
        let places = (0..<models).map(Double.init)
        let found = try verdict(
            "x",
            Evidence(
                target: Column("y", places), candidates: [Candidate(Column("x", places))],
                confounders: [Confounder(Column("w", places))]))
        #expect(found.word == nil && found.hardest == nil)
        #expect(found.raw.reason?.contains("fewer than the 3 it takes") == true)
    }

    @Test("A confounder is no condition for itself, and a constant one holds nothing against a measure")
    func conditions() throws {
        let places = (0..<30).map(Double.init)
        let confounders = [
            Confounder(Column("x", places)), Confounder(Column("constant", places.map { _ in 2 })),
        ]
        let evidence = Evidence(
            target: Column("y", places.map { $0 + scattered(7)($0) }), candidates: [Candidate(Column("x", places))],
            confounders: confounders)
        let found = try verdict("x", evidence)
        #expect(found.trials.map(\.condition) == ["constant"])
        #expect(found.word == .supported)
    }

    @Test("A confounder that is nearly the measure leaves it open instead of confounded; the same one is no condition")
    func sameQuantity() throws {
        let places = (0..<30).map(Double.init)
        let noise = scattered(9)
        let target = Column("y", places.map { $0 + 6 * noise($0) })
        // The second differs in the order of two neighbours, the third is a strong confounder, but another quantity.
        var twin = places
        twin.swapAt(10, 11)
        for (values, outcome) in [
            (places, "same"), (twin, "same"), (places.map { $0 + 9 * scattered(10)($0) }, "other"),
        ] {
            let found = try verdict(
                "x",
                Evidence(
                    target: target, candidates: [Candidate(Column("x", places))],
                    confounders: [Confounder(Column("w", values))]))
            if outcome == "same" {
                #expect(found.word == .open)
                #expect(
                    found.trials.contains { trial in
                        if case .indistinct(let share) = trial.outcome { share < 0.01 } else { false }
                    })
            } else {
                #expect(found.trials.map(\.outcome) == [.survived])
            }
        }
    }

    @Test(
        """
        A correlation that stands by itself need not stand among several; one without a correlation was tried, but \
        not tested
        """
    )
    func multiplicity() throws {
        let target = Column("y", [1, 2, 3, 4, 5, 6])
        let near = Candidate(Column("near", [1, 2, 3, 4, 6, 5]))
        let others = [[2, 5, 1, 6, 3, 4], [2, 5, 1, 6, 3, 4], [2, 5, 1, 6, 3, 4], [7, 7, 7, 7, 7, 7]].enumerated().map {
            Candidate(Column("other \($0)", $1))
        }
        let alone = try verdict("near", Evidence(target: target, candidates: [near]))
        // Two-sided: of 720 orders the one that is equal, five that swap neighbours, and as many of the other sign.
        #expect(abs(try #require(alone.holmPValue) - 12.0 / 720) < 1e-12 && alone.word != .undetectable)
        // By 999 random orders.
        #expect(abs(try #require(alone.correctedPValue) - 12.0 / 720) < 0.013)
        let among = try verdict("near", Evidence(target: target, candidates: [near] + others))
        #expect(abs(try #require(among.holmPValue) - 48.0 / 720) < 1e-12)
        // Three that are one measure count once: of the orders that make any of the two so large.
        #expect(try #require(among.correctedPValue) < #require(among.holmPValue))
        #expect(among.tried == 5 && among.tested == 4)
        #expect(try #require(among.detectable) > #require(alone.detectable))
        // One that reads the target takes no part.
        let leak = Candidate(Column("leak", [1, 2, 3, 4, 5, 6]), mayPredict: false)
        #expect(
            try verdict("near", Evidence(target: target, candidates: [near, leak])).correctedPValue
                == alone.correctedPValue)
    }

    @Test("A correlation that hangs on two of a dozen configurations stands for configurations, not for networks")
    func twoConfigurations() throws {
        var numbers = SeededNumbers(seed: 11)
        func column() -> [Double] { (0..<120).map { ($0 < 20 ? 5 : 0) + numbers.normal() } }
        let evidence = Evidence(
            target: Column("y", column()), candidates: [Candidate(Column("x", column()))],
            factors: [Factor("regime", (0..<120).map { "\($0 / 10)" })])
        let found = try verdict("x", evidence)
        // Of the ways to choose two of twelve, one in 66 is as extreme or nearly; of those of 120 networks hardly any.
        #expect(found.raw.bootstrap?.clusters == 12 && found.word == .confounded)
        #expect(try #require(found.holmPValue) < 1e-6)
        #expect(try abs(#require(found.correctedPValue) - 1.0 / 66) < 0.015)
        #expect(try #require(found.correctedPValue) > 0.001)
        var single = rule
        single.leastConfigurations = 13
        let drawnSingly = single.judge(evidence)[0]
        #expect(drawnSingly.raw.bootstrap?.clusters == nil && drawnSingly.correctedPValue == 0.001)
    }

    @Test("What a large study tells from nothing, but loses by half, is unstable: weakened")
    func weakened() throws {
        // Two thirds of what x and y share is w's.
        var numbers = SeededNumbers(seed: 12)
        let (c, w) = (numbers.normals(600), numbers.normals(600))
        func sum() -> [Double] { zip(c, w).map { 0.7 * $0 + 2 * $1 + 1.5 * numbers.normal() } }
        let evidence = Evidence(
            target: Column("y", sum()), candidates: [Candidate(Column("x", sum()))],
            confounders: [Confounder(Column("w", w))])
        let found = try verdict("x", evidence)
        let left = try #require(found.hardest)
        #expect(try #require(left.pValue) < 0.05 && #require(left.value) < 0.5 * #require(found.raw.estimate))
        #expect(found.trials.map(\.outcome) == [.weakened] && found.word == .unstable && found.doubts == [.trial])
    }

    @Test("Two confounders that each leave most of it may take it together: all at once is a condition of its own")
    func together() throws {
        var numbers = SeededNumbers(seed: 15)
        let (v, w) = (numbers.normals(400), numbers.normals(400))
        func sum() -> [Double] { zip(v, w).map { 2 * $0 + 2 * $1 + 1.5 * numbers.normal() } }
        let evidence = Evidence(
            target: Column("y", sum()), candidates: [Candidate(Column("x", sum()))],
            confounders: [Confounder(Column("v", v)), Confounder(Column("w", w))])
        let found = try verdict("x", evidence)
        #expect(found.trials.map(\.names) == [["v"], ["w"], ["v", "w"]])
        #expect(found.trials.prefix(2).allSatisfy { $0.outcome == .survived })
        #expect(found.hardest?.names == ["v", "w"] && found.word != .supported)
    }

    @Test("One model a configuration, or main effects that leave too few degrees of freedom, leave a correlation open")
    func notApplicable() throws {
        // One model a regime: as many columns as models.
        let places = (0..<12).map(Double.init)
        let labels: [String?] = places.map { "\($0)" }
        let found = try verdict(
            "x",
            Evidence(
                target: Column("y", places.map { $0 + scattered(19)($0) }),
                candidates: [Candidate(Column("x", places))],
                factors: [Factor("regime", labels)]))
        guard case .notApplicable(let reason)? = found.trials.first?.outcome else {
            Issue.record("\(found.trials)")
            return
        }
        #expect(reason.description.contains("fewer than the"))
        #expect(found.word == .open)
        // Main effects of a grid can be held, but not what they leave out.
        let grid = (0..<36).map { (first: $0 / 6, second: $0 % 6, place: Double($0)) }
        let held = try verdict(
            "x",
            Evidence(
                target: Column("y", grid.map { scattered(31)($0.place) }),
                candidates: [
                    Candidate(Column("x", grid.map { scattered(31)($0.place) + 0.1 * scattered(32)($0.place) }))
                ],
                factors: [
                    Factor("first", grid.map { "\($0.first)" }), Factor("second", grid.map { "\($0.second)" }),
                ]))
        #expect(held.trials.map(\.names) == [["first", "second"]] && held.trials.map(\.outcome) == [.survived])
        #expect(held.word == .open)
    }

    @Test("A target that the regime determines leaves nothing to predict within it: confounded")
    func determinedTarget() throws {
        let noise = scattered(20)
        let found = try verdict("x", twoRegimes({ 3 * $0 + noise($1 + 50 * $0) }, { regime, _ in regime }))
        #expect(found.word == .confounded && found.hardest?.value == nil)
    }

    @Test("Categories that no model of a measure has do not count as columns held fixed")
    func absentCategories() throws {
        // Twenty regimes of six models; x was measured in two of them.
        let rows = (0..<120).map { (regime: $0 % 20, place: Double($0 / 20)) }
        let labels: [String?] = rows.map { "\($0.regime)" }
        let noise = scattered(21)
        let found = try verdict(
            "x",
            Evidence(
                target: Column("y", rows.map { $0.place + 0.5 * noise($0.place + 10 * Double($0.regime)) }),
                candidates: [Candidate(Column("x", rows.map { $0.regime < 2 ? $0.place : nil }))],
                factors: [Factor("regime", labels)]))
        #expect(found.raw.count == 12)
        #expect(found.trials.map(\.outcome) == [.survived])
    }

    @Test("Models that lack a value are left out of that measure alone")
    func gaps() throws {
        let places = (0..<30).map(Double.init)
        let evidence = Evidence(
            target: Column("y", places),
            candidates: [
                Candidate(Column("a", places.map { $0 < 10 ? nil : $0 })), Candidate(Column("b", places)),
            ])
        #expect(rule.judge(evidence).map(\.raw.count) == [20, 30])
    }
}

extension Verdict.Trial {
    fileprivate var isOpenForTests: Bool {
        switch outcome {
        case .open, .indistinct: true
        default: false
        }
    }
}
