import Analysis
import Definitions
import Parameters
import Recording
import Results
import SyntheticStudies
import Testing

@Suite struct ClaimFindingTests {
    /// Five models of two regimes over a number of steps, with a risk; the last one has none, and a copy stands by.
    private static let study = SyntheticStudy(
        networks: [
            model("gd", steps: 1, ["risk": 3, "norm": 2]), model("gd", steps: 2, ["risk": 5, "norm": 1]),
            model("gd", steps: 4, ["risk": 13, "norm": 3]), model("gd", steps: 8, ["risk": 20, "norm": 5]),
            model("sam", steps: 16, ["risk": 45, "norm": 4, "gap": -0.5]),
            model("sam", steps: 32, ["norm": 9, "gap": 0]),
            SyntheticStudy.Network(
                regime: "gd", hyperparameters: #"{"steps":1}"#, columns: ["risk": 1e9], copyOf: 0,
                variant: "layer 1 x 2"),
            SyntheticStudy.Network(
                regime: "gd", hyperparameters: #"{"steps":64}"#, columns: [:], failure: "it diverged"),
        ], target: "risk")

    private static func model(_ regime: String, steps: Int, _ columns: [String: Double]) -> SyntheticStudy.Network {
        .init(
            regime: regime, hyperparameters: #"{"radius":0.1,"rule":"\#(regime)","steps":\#(steps)}"#, columns: columns)
    }

    private func finding(
        _ statistic: Claim.Statistic, _ measure: String = "risk", over: String? = nil,
        where conditions: [String: [ParameterValue]] = [:], of study: SyntheticStudy = study
    ) throws -> ClaimFinding {
        let claim = Claim(
            claim: "A.", origin: .paper, statistic: statistic, measure: measure, over: over,
            selection: ModelSelection(conditions), atLeast: 0)
        let claims = Claims([claim], of: try Archive().population(study))
        return try #require(claims.findings.first)
    }

    @Test("Mean, minimum and maximum are over the models that have the value, and say how many have none")
    func summaries() throws {
        let (mean, least, most) = (try finding(.mean), try finding(.minimum), try finding(.maximum))
        #expect(mean.measured == 17.2 && least.measured == 3 && most.measured == 45)
        #expect(mean.count == 5 && mean.reason == "1 of 6 selected models have no value and are left out.")
        let within = try finding(.mean, where: ["regime": [.word("gd")]])
        #expect(within.measured == 10.25 && within.count == 4 && within.reason == nil && within.agrees == true)
    }

    @Test(
        "The value is that of the one model that is selected",
        arguments: [
            (["steps": [ParameterValue.number(4)]], 13.0), (["seed": [.number(3)]], 20),
            (["steps": [.number(16)], "rule": [.word("sam")]], 45),
            (["steps": [.word("4")]], 13), (["steps": [.number(4), .number(64)]], 13),
        ])
    func value(conditions: [String: [ParameterValue]], expected: Double) throws {
        let found = try finding(.value, where: conditions)
        #expect(found.measured == expected && found.count == 1 && found.standardError == nil && found.reason == nil)
    }

    // The numbers of SciPy's linregress of the logarithms, and of its spearmanr.
    @Test("A slope is that of logarithms, with its standard error; ranks are Spearman's; settings are columns too")
    func slopes() throws {
        let slope = try finding(.slope, over: "steps")
        #expect(abs(try #require(slope.measured) - 0.9813781191217036) < 1e-12)
        #expect(abs(try #require(slope.standardError) - 0.059488896037663046) < 1e-12)
        #expect(slope.count == 5)
        let ranks = try finding(.spearman, over: "norm")
        #expect(abs(try #require(ranks.measured) - 0.8) < 1e-14 && ranks.standardError == nil && ranks.count == 5)
        let inverse = try finding(.slope, "steps", over: "steps")
        #expect(abs(try #require(inverse.measured) - 1) < 1e-14 && inverse.count == 6)
    }

    @Test(
        "What cannot be measured has a sentence",
        arguments: [
            (
                Claim.Statistic.value, "risk", nil, [:],
                "A claim about one value is about one model, and 6 are selected.", 5
            ),
            (
                .value, "risk", nil, ["steps": [ParameterValue.number(32)]], "The selected model has no value of risk.",
                0
            ),
            (.value, "risk", nil, ["steps": [.number(3)]], "No model has steps 3: there are 1, 2, 4, 8, 16, 32.", 0),
            (.mean, "risk", nil, ["regime": [.word("adam")]], "No model has regime adam: there are gd, sam.", 0),
            (
                .mean, "risk", nil, ["regime": [.word("sam")], "steps": [.number(1)]],
                "No model has all of these: regime sam; steps 1.", 0
            ),
            (.mean, "risk", nil, ["width": [.number(1)]], "No model has width 1.", 0),
            (.mean, "loss", nil, [:], "None of 6 selected models has a value of loss.", 0),
            (.mean, "rule", nil, [:], "None of 6 selected models has a value of rule.", 0),
            (
                .slope, "gap", "steps", [:],
                "There are 2 complete rows, fewer than the 3 that a slope with its error takes.", 2
            ),
            (.slope, "risk", "radius", [:], "radius has the same value in every row.", 5),
            (.slope, "seed", "steps", [:], "seed has no logarithm in 1 of 6 rows: it is not above 0.", 6),
            (.spearman, "risk", "gap", [:], "There is 1 complete row, fewer than the 3 it takes.", 1),
        ])
    func undefined(
        statistic: Claim.Statistic, measure: String, over: String?, conditions: [String: [ParameterValue]],
        reason: String,
        count: Int
    ) throws {
        let found = try finding(statistic, measure, over: over, where: conditions)
        #expect(found.reason == reason && found.count == count)
        #expect(found.measured == nil && found.agrees == nil && found.standardError == nil)
    }

    @Test("A study without a model has no number")
    func empty() throws {
        var study = Self.study
        study.networks = [.init(columns: [:], failure: "it diverged")]
        #expect(try finding(.mean, of: study).reason == "The study has no model yet.")
    }

    @Test("A model at two positions can be selected by each and counts once")
    func repeated() throws {
        var study = Self.study
        study.networks[4].digest = "same"
        var again = study.networks[4]
        again.regime = "gd"
        study.networks.append(again)
        #expect(
            try finding(.value, where: ["regime": [.word("gd")], "steps": [.number(16)]], of: study).measured == 45)
        let mean = try finding(.mean, of: study)
        #expect(mean.measured == 17.2 && mean.count == 5)
        #expect(try finding(.mean, where: ["regime": [.word("gd")]], of: study).measured == 17.2)
    }

    @Test(
        "A number agrees within its tolerance or bounds, both ends included, whatever binary makes of them",
        arguments: [
            (
                Claim(
                    claim: "", origin: .paper, statistic: .mean, measure: "a", expected: 0.7503, tolerance: 0.0005),
                0.7508, true
            ),
            (
                Claim(
                    claim: "", origin: .paper, statistic: .mean, measure: "a", expected: 0.7503, tolerance: 0.0005),
                0.7509, false
            ),
            (
                Claim(claim: "", origin: .paper, statistic: .mean, measure: "a", expected: 0, tolerance: 1e-15),
                1e-14, false
            ),
            (Claim(claim: "", origin: .paper, statistic: .mean, measure: "a", atLeast: 0.3), 0.1 + 0.2, true),
            (Claim(claim: "", origin: .paper, statistic: .mean, measure: "a", atMost: 0.3), 0.1 + 0.2, true),
            (Claim(claim: "", origin: .paper, statistic: .mean, measure: "a", atLeast: 0.3), 0.2999, false),
            (Claim(claim: "", origin: .paper, statistic: .mean, measure: "a", atLeast: 1, atMost: 2), 1.5, true),
            (Claim(claim: "", origin: .paper, statistic: .mean, measure: "a", atLeast: 1, atMost: 2), 2.5, false),
            (Claim(claim: "", origin: .paper, statistic: .mean, measure: "a", atMost: -1), -1.5, true),
            (Claim(claim: "", origin: .paper, statistic: .mean, measure: "a", atMost: 1e-15), 1e-14, false),
        ])
    func agreement(claim: Claim, measured: Double, agrees: Bool) throws {
        let study = SyntheticStudy(networks: [.init(columns: ["a": measured])])
        let claims = Claims([claim], of: try Archive().population(study))
        #expect(claims.findings.map(\.agrees) == [agrees])
        #expect((claims.agreeing, claims.disagreeing) == (agrees ? 1 : 0, agrees ? 0 : 1))
    }
}
