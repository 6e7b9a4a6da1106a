import Foundation
import Results
import Testing

/// The commands that judge, compare, pool and vary measures, as a user calls them.
@Suite struct AnalysisCommandTests {
    @Test("Every measure has a row with its verdict, or a remark that says why there is none")
    func verdict() throws {
        let place = try madeUpPlace()
        let found = try rows(place.basin("verdict", "toy", "--format", "json"))
        #expect(
            Set(found.compactMap { $0["measure"] as? String }) == [
                "pair_proxy", "hessian_trace", "hessian_trace_hutchinson", "weight_norm_l2", "dead_units", "epochs",
                "feature_rank",
            ])
        let words = [
            "supported", "fragile", "masked", "open", "unstable", "confounded", "undetectable at this n",
            "not a predictor",
        ]
        for row in found {
            if let word = row["verdict"] as? String {
                #expect(words.contains(word))
            } else {
                #expect(row["remark"] is String)
            }
        }
        let rank = try #require(found.first { $0["measure"] as? String == "feature_rank" })
        #expect(rank["remark"] as? String == "feature_rank has the same value in every row.")
        let csv = try place.basin("verdict", "toy").output
        #expect(csv.prefix { $0 != "\r\n" }.hasSuffix(",reads,why,remark"))
        // Notes below say it in a table for people.
        let table = try place.basin("verdict", "toy", "--format", "table").output
        #expect(!table.contains("remark") && table.contains(") feature_rank has the same value in every row.\n"))
    }

    @Test("Sentences are plain text, one a measure, the word last")
    func sentences() throws {
        let place = try madeUpPlace()
        let lines = try place.basin(
            "verdict", "toy", "--sentences", "--confounders", "dead_units,epochs", "--baseline", "regime"
        )
        .output.split(separator: "\n")
        #expect(lines.count == 7 && lines.allSatisfy { !$0.contains("**") && !$0.contains("nan") })
        #expect(lines.contains { $0.hasPrefix("pair_proxy: rho ") })
        #expect(lines.contains("feature_rank: no verdict: feature_rank has the same value in every row"))
    }

    @Test("Names that a study does not have are refused with the nearest, by every command")
    func unknownNames() throws {
        let place = try madeUpPlace()
        refused(try place.basin("verdict", "toi"), "'toi'", "'toy'")
        refused(try place.basin("verdict", "toy", "--against", "test_acuracy"), "'test_acuracy'", "'test_accuracy'")
        refused(try place.basin("verdict", "toy", "--confounders", "dead_unit"), "'dead_unit'", "'dead_units'")
        refused(try place.basin("verdict", "toy", "--baseline", "regmie"), "'regmie'", "'regime'")
        refused(try place.basin("compare", "toy", "pair_proxy", "dead_unit"), "'dead_unit'", "'dead_units'")
        refused(
            try place.basin("compare", "toy", "pair_proxy", "dead_units", "--against", "test_acuracy"),
            "'test_accuracy'")
        refused(try place.basin("robustness", "toy", "--against", "test_acuracy"), "'test_accuracy'")
        refused(try place.basin("meta", "toy", "--over", "regmie"), "'regmie'", "'regime'")
        refused(try place.basin("meta", "toy", "--over", "regime", "--against", "test_acuracy"), "'test_accuracy'")
        refused(try place.basin("meta", "tow*"), "'tow*'", "toy")
        refused(
            try place.basin("correlate", "toy", "--within", "dead_units"),
            "'dead_units' is no regime or hyperparameter", "regime")
    }

    @Test("What makes no sense is refused with what to do instead")
    func wrongRequests() throws {
        let place = try madeUpPlace()
        refused(try place.basin("correlate", "toy", "--permutations", "0"), "--permutations", "from 1 to")
        refused(try place.basin("correlate", "toy", "--semipartial"), "--given")
        refused(try place.basin("correlate", "toy", "--interval", "fieller", "--method", "kendall"), "analytic")
        refused(try place.basin("correlate", "toy", "--interval", "exact"), "bca")
        refused(
            try place.basin("correlate", "toy", "--given", "test_accuracy"), "'test_accuracy'", "cannot be held fixed")
        refused(
            try place.basin("verdict", "toy", "--confounders", "test_accuracy"),
            "'test_accuracy' is what is to be predicted")
        refused(try place.basin("compare", "toy", "pair_proxy"), "two different columns")
        refused(try place.basin("compare", "toy", "pair_proxy", "pair_proxy"), "two different columns")
        refused(
            try place.basin("compare", "toy", "pair_proxy", "test_accuracy"),
            "'test_accuracy' is what is to be predicted")
        refused(try place.basin("robustness", "toy", "--least-pairs", "0"), "--least-pairs", "of at least 1")
        refused(try place.basin("meta", "toy"), "'toy' is one study", "--over")
    }

    @Test("Networks that differ in their seeds alone have verdicts, but nothing to group or vary")
    func seedsAlone() throws {
        let place = try Workplace(networks: 4)
        #expect(try place.basin("run", "toy").status == 0)
        #expect(try rows(place.basin("verdict", "toy", "--format", "json")).count == 4)
        refused(try place.basin("robustness", "toy"), "'toy' differ in their seeds alone")
        refused(
            try place.basin("meta", "toy", "--over", "data.seed"), "'toy' differ in their seeds alone", "'data.seed'")
        refused(try place.basin("correlate", "toy", "--within", "regime"), "'toy' differ in their seeds alone")
    }

    @Test("Comparing, pooling and varying give one row a pair, a measure, an environment")
    func others() throws {
        let place = try madeUpPlace()
        let pairs = try rows(place.basin("compare", "toy", "pair_proxy,weight_norm_l2", "epochs", "--format", "json"))
        #expect(pairs.map { $0["first"] as? String } == ["pair_proxy", "pair_proxy", "weight_norm_l2"])
        let pooled = try rows(place.basin("meta", "toy", "--over", "learning_rate", "--format", "json"))
        #expect(pooled.count == 7 && pooled.allSatisfy { $0["repetitions"] != nil && $0["left_out"] != nil })
        #expect(
            pooled.last { $0["predictor"] as? String == "yes" }?["remark"] as? String
                == "There are 0 repetitions, fewer than the 2 it takes.")
        let each = try rows(place.basin("meta", "toy", "--over", "learning_rate", "--each", "--format", "json"))
        #expect(each.count == 14)
        let varied = try rows(place.basin("robustness", "toy", "--format", "json"))
        #expect(varied.count == 7 && varied[0].keys.contains("psi regime"))
        let environments = try rows(place.basin("robustness", "toy", "--environments", "--format", "json"))
        #expect(
            environments.contains { $0["measure"] as? String == "pair_proxy" && $0["changes"] as? String == "regime" })
    }

    @Test("Options of correlate add their columns")
    func correlate() throws {
        let place = try madeUpPlace()
        let plain = try rows(place.basin("correlate", "toy", "--format", "json"))
        #expect(
            plain[0].keys.contains("p_bh") && !plain[0].keys.contains("p_permutation")
                && !plain[0].keys.contains("within"))
        let full = try rows(
            place.basin(
                "correlate", "toy", "--within", "regime", "--permutations", "99", "--interval", "fieller", "--given",
                "dead_units",
                "--semipartial", "--format", "json"))
        let proxy = try #require(full.first { $0["measure"] as? String == "pair_proxy" })
        #expect(
            ["p_permutation", "within", "p_within", "p_heterogeneity", "p_disagree"].allSatisfy { proxy[$0] is Double })
        #expect(proxy["low"] is NSNull && (proxy["remark"] as? String)?.contains("no analytic interval") == true)
    }

    @Test("Rates of simulated verdicts are the same again from the same seed, and those of more studies are the sum")
    func simulated() throws {
        let place = try Workplace(networks: 1)
        func rates(_ studies: Int, seed: Int) throws -> String {
            let answer = try place.basin(
                "simulate", "verdicts", "--studies", "\(studies)", "--models", "24", "--seed", "\(seed)", "--format",
                "json")
            #expect(answer.status == 0, "\(answer.errors)")
            return answer.output
        }
        /// How often each word was said of each kind of measure.
        func counts(_ json: String) throws -> [String: [Double]] {
            let rows = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
            return Dictionary(
                uniqueKeysWithValues: try rows.map { row in
                    let all = try #require(row["verdicts"] as? Double)
                    let words = [
                        "supported", "fragile", "masked", "open", "unstable", "confounded", "undetectable at this n",
                        "not a predictor",
                    ]
                    return (
                        try #require(row["truth"] as? String),
                        try words.map { word in
                            let share = try #require(
                                (row[word] as? String)?.split(separator: " ").first.flatMap { Double($0) })
                            return (share * all).rounded()
                        }
                    )
                })
        }
        let all = try rates(6, seed: 3)
        #expect(try rates(6, seed: 3) == all)
        let (first, second, whole) = (try counts(rates(4, seed: 3)), try counts(rates(2, seed: 7)), try counts(all))
        #expect(whole.count == 5)
        for (truth, words) in whole {
            #expect(words == zip(first[truth] ?? [], second[truth] ?? []).map(+))
            #expect(words.reduce(0, +) == (truth == "noise" ? 12 : 6))
        }
    }

    @Test("Simulations that cannot be are refused")
    func unsimulated() throws {
        let place = try Workplace(networks: 1)
        refused(try place.basin("simulate", "verdicts", "--studies", "0"), "--studies", "from 1 to")
        refused(try place.basin("simulate", "verdicts", "--models", "3"), "--models", "from 4 to")
        for effect in ["0", "1", "nan"] {
            refused(try place.basin("simulate", "verdicts", "--effect", effect), "--effect", "above 0 and below 1")
        }
    }
}
