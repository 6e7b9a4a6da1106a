import Analysis
import Recording
import Reports
import Statistics
import SyntheticStudies
import Testing

@Suite struct MeasureCorrelationsTests {
    private func correlations(
        _ population: Population, _ change: (inout CorrelationRequest) -> Void = { _ in }
    ) throws -> MeasureCorrelations {
        var request = CorrelationRequest()
        change(&request)
        return try MeasureCorrelations(of: population, request)
    }

    private func variable(_ name: String, _ population: Population) throws -> Variable {
        Variable(name, try population.values(name).compactMap(\.self))
    }

    @Test(
        "Each kind of interval is that of the statistics, and is called by its name", arguments: IntervalKind.allCases)
    func intervals(kind: IntervalKind) throws {
        let population = try Archive().population(KnownTruth().study)
        let found = try correlations(population) { $0.interval = kind }
        let (x, y) = (try variable("weight_norm_l2", population), try variable("test_accuracy", population))
        var bootstrap = MeasureCorrelations.bootstrap
        let expected: ConfidenceInterval?
        switch kind {
        case .bootstrap: expected = correlate(x, y, bootstrap: bootstrap).bootstrap?.bounds
        case .bca:
            bootstrap.kind = .bca
            expected = correlate(x, y, bootstrap: bootstrap).bootstrap?.bounds
        case .analytic: expected = correlate(x, y).interval
        case .fieller: expected = try correlate(x, y).outcome.get().fiellerInterval
        }
        let cells = found.table.cells("weight_norm_l2")
        #expect(cells["low"]?.real == expected?.lower && cells["high"]?.real == expected?.upper && expected != nil)
        #expect(cells["interval"]?.text == kind.rawValue)
    }

    @Test("Where many configurations repeat, the interval is over them and says how many there are")
    func configurations() throws {
        let population = try Archive().population(
            KnownTruth(networks: 72, regimes: (0..<24).map { "regime \($0)" }).study)
        #expect(
            try correlations(population).table.cells("pair_proxy")["interval"]?.text == "bootstrap of 24 configurations"
        )
        let bca = try correlations(population) { $0.interval = .bca }
        #expect(bca.table.cells("pair_proxy")["interval"]?.text == "bca of 24 configurations")
        let analytic = try correlations(population) { $0.interval = .analytic }
        #expect(analytic.table.cells("pair_proxy")["interval"]?.text == "analytic")
    }

    @Test("Both corrections run over the predictors alone, and the columns carry them")
    func corrections() throws {
        let found = try correlations(Archive().population(KnownTruth().study))
        let pValues = found.rows.map { $0.mayPredict ? $0.correlation.pValue : nil }
        #expect(found.rows.map(\.holmPValue) == holmAdjusted(pValues))
        #expect(found.rows.map(\.falseDiscoveryRate) == benjaminiHochbergAdjusted(pValues))
        #expect(found.rows.count { $0.mayPredict } == 5)
        let cells = found.table.cells("test_loss")
        #expect(
            cells["predictor"]?.text == "no" && cells["p_holm"]?.isMissing == true && cells["p_bh"]?.isMissing == true)
    }

    @Test("A permutation test is that of the statistics, plain or within groups; without a number there is no column")
    func permutations() throws {
        let population = try Archive().population(KnownTruth().study)
        #expect(try correlations(population).table.columns.allSatisfy { $0.name != "p_permutation" })
        let (x, y) = (try variable("hessian_trace", population), try variable("test_accuracy", population))
        let test = Permutation(seed: MeasureCorrelations.bootstrap.seed, permutations: 199)
        let plain = try correlations(population) { $0.permutations = 199 }
        #expect(
            try plain.table.cells("hessian_trace")["p_permutation"]?.real == permutationTest(x, y, test).get().pValue)
        let blocked = try correlations(population) { ($0.permutations, $0.within) = (199, "regime") }
        let blocks = (0..<60).map { $0 % 2 }
        let p = try permutationTest(x, y, within: blocks, test).get().pValue
        #expect(blocked.table.cells("hessian_trace")["p_permutation"]?.real == p)
        // What differs between the regimes alone is gone within them.
        #expect(try permutationTest(x, y, test).get().pValue == 1.0 / 200 && p > 0.05)
        #expect(
            plain.table.cells("weight_norm_l1")["p_permutation"]?.reason
                == "weight_norm_l1 has the same value in every row.")
    }

    @Test("The mean within groups is that of the statistics, with its p and that of their difference")
    func within() throws {
        let population = try Archive().population(KnownTruth().study)
        let found = try correlations(population) { $0.within = "regime" }
        let strata = withinStrata(
            try variable("weight_norm_l2", population), try variable("test_accuracy", population),
            strata: population.models.map(\.regime))
        let pooled = try strata.pooled.get()
        let cells = found.table.cells("weight_norm_l2")
        #expect(found.rows.first { $0.measure == "weight_norm_l2" }?.within == strata)
        #expect(cells["within"]?.real == pooled.value && cells["p_within"]?.real == pooled.pValue)
        #expect(cells["p_heterogeneity"]?.real == pooled.heterogeneity?.pValue && pooled.heterogeneity != nil)
        let regime = Variable("regime", (0..<60).map { Double($0 % 2) })
        for name in ["weight_norm_l2", "hessian_trace"] {
            let test = try disagreementTest(
                try variable(name, population), try variable("test_accuracy", population), given: [regime],
                VerdictRule().permutation
            ).get()
            #expect(found.table.cells(name)["p_disagree"]?.real == test.pValue)
        }
        #expect(
            found.table.cells("weight_norm_l1")["within"]?.reason
                == "None of the 2 strata has a correlation that could be averaged.")
    }

    @Test("A semi-partial correlation takes what is held fixed out of the measure alone")
    func semipartial() throws {
        let population = try Archive().population(KnownTruth().study)
        let found = try correlations(population) {
            ($0.given, $0.removal, $0.interval) = (["dead_units", "regime"], .x, .analytic)
        }
        let regime = Variable("regime", (0..<60).map { Double($0 % 2) })
        let expected = correlate(
            try variable("hessian_trace", population), try variable("test_accuracy", population),
            given: [try variable("dead_units", population), regime], removedFrom: .x)
        let cells = found.table.cells("hessian_trace")
        #expect(abs(try #require(cells["rho"]?.real) - #require(expected.estimate)) < 1e-12)
        #expect(cells["low"]?.reason == "A semi-partial correlation has no analytic interval: ask for the bootstrap's.")
        #expect(found.rows.allSatisfy { $0.measure != "dead_units" })
        let drawn = try correlations(population) { ($0.given, $0.removal) = (["regime"], .x) }
        #expect(drawn.table.cells("hessian_trace")["low"]?.real != nil)
    }

    @Test(
        "The coefficient's column has its name",
        arguments: [(CorrelationMethod.spearman, "rho"), (.kendall, "tau"), (.pearson, "r")])
    func methods(method: CorrelationMethod, name: String) throws {
        let population = try Archive().population(KnownTruth().study)
        let found = try correlations(population) { $0.method = method }
        let expected = correlate(
            try variable("pair_proxy", population), try variable("test_accuracy", population), method: method)
        #expect(found.table.cells("pair_proxy")[name]?.real == expected.estimate)
        #expect(found.table.unexplained.isEmpty)
    }

    @Test("All that is missing has a reason in its row, however few networks there are", arguments: [1, 2, 3, 4, 5, 9])
    func reasons(networks: Int) throws {
        for regimes in [["only", "other"], (0..<9).map { "regime \($0)" }] {
            let population = try KnownTruth(networks: networks, regimes: regimes).enter(in: Archive())
            for method in CorrelationMethod.allCases {
                for interval in IntervalKind.allCases {
                    let found = try correlations(population) {
                        ($0.method, $0.interval, $0.permutations) = (method, interval, 9)
                        if networks > 1 { ($0.within, $0.given) = ("regime", ["dead_units"]) }
                    }
                    #expect(found.table.unexplained.isEmpty, "\(found.table.unexplained)")
                    for record in found.records { #expect(record.estimate != nil || record.reason != nil) }
                }
            }
        }
    }

    @Test("Groups are named among the properties in which networks differ, not among the columns")
    func unknownGroups() throws {
        let population = try Archive().population(KnownTruth().study)
        let column = #expect(throws: UnknownColumn.self) { try correlations(population) { $0.within = "dead_units" } }
        #expect(
            column?.description == "'dead_units' is no regime or hyperparameter in which the models of 'toy' differ. "
                + "Known names: configuration, regime.")
        let alone = try Archive().population(KnownTruth(regimes: ["only"]).study)
        let nothing = #expect(throws: UnknownColumn.self) { try correlations(alone) { $0.within = "regime" } }
        #expect(nothing?.description.contains("differ in their seeds alone") == true)
    }
}
