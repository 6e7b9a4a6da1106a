import Statistics
import Testing

/// What verdicts hold fixed: designs of few seeds, confounders that act by curves or are known with noise, seeds that
/// configurations share, networks that lack a value.
@Suite struct VerdictConditionTests {
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

    /// n models, one measure, one confounder.
    private func evidence(_ x: [Double], _ y: [Double], _ confounders: [[Double]], labels: [String]? = nil) -> Evidence
    {
        Evidence(
            target: Column("y", y), candidates: [Candidate(Column("x", x))],
            factors: labels.map { [Factor("regime", $0)] } ?? [],
            confounders: confounders.enumerated().map { Confounder(Column("w\($0)", $1)) })
    }

    @Test("A confounder that acts by its square on measure and target refutes the measure")
    func square() throws {
        var numbers = SeededNumbers(seed: 41)
        let w = numbers.normals(100)
        func sum() -> [Double] { w.map { $0 * $0 + 0.5 * numbers.normal() } }
        let found = try verdict("x", evidence(sum(), sum(), [w]))
        #expect(found.word == .confounded)
        // Lines of ranks leave all of it.
        #expect(try #require(found.hardest?.partial.estimate) > 0.5)
    }

    @Test("What two seeds each of 36 configurations share with the target, and not within them, is confounded")
    func twoSeeds() throws {
        var numbers = SeededNumbers(seed: 44)
        let effects = numbers.normals(36)
        func column() -> [Double] { (0..<72).map { 3 * effects[$0 % 36] + numbers.normal() } }
        let found = try verdict("x", evidence(column(), column(), [], labels: (0..<72).map { "\($0 % 36)" }))
        #expect(found.word == .confounded && found.hardest?.names == ["regime"])
    }

    @Test("A correlation that a tenth of noise in a confounder explains is fragile, and says the least reliability")
    func fragile() throws {
        // x and y are w and little else; the confounder is w with noise.
        var numbers = SeededNumbers(seed: 47)
        let w = numbers.normals(300)
        func column(_ noise: Double) -> [Double] { w.map { $0 + noise * numbers.normal() } }
        let (x, y) = (column(0.3), column(0.3))
        let noisy = try verdict("x", evidence(x, y, [column(0.33)]))
        #expect(noisy.word != .supported && noisy.trials.first?.noisy.map { $0.pValue > 0.025 || $0.sign < 0 } == true)
        // A confounder that has nothing to do with them can be noise.
        let apart = try verdict("x", evidence(x, y, [numbers.normals(300)]))
        #expect(apart.word == .supported)
        #expect(try #require(apart.leastReliability) < 0.9)
        #expect(try #require(apart.sensitivity).robustnessValueAtLevel > 0.5)
    }

    @Test("Two confounders that order all models alike are held fixed once, and the second name is said")
    func duplicates() throws {
        var numbers = SeededNumbers(seed: 51)
        let w = numbers.normals(60)
        func sum() -> [Double] { w.map { $0 + numbers.normal() } }
        let found = evidence(sum(), sum(), [w, w.map { 8 - $0 }])
        #expect(found.duplicates == ["w1": "w0"])
        #expect(try verdict("x", found).trials.map(\.names) == [["w0"]])
    }

    @Test("What seeds that configurations share do to measure and target is no witness for each configuration")
    func sharedSeeds() throws {
        // Four seeds in twelve configurations move x and y, by chance alike.
        let effects = [3.0, 1, -1, -3]
        var numbers = SeededNumbers(seed: 54)
        func column() -> [Double] { (0..<48).map { effects[$0 % 4] + numbers.normal() } }
        var known = evidence(column(), column(), [], labels: (0..<48).map { "\($0 / 4)" })
        #expect(try verdict("x", known).word == .supported)
        known.seeds = (0..<48).map { UInt64($0 % 4) }
        #expect(try verdict("x", known).word != .supported)
    }

    @Test("Networks that lack a value do not undo an effect, whether seeds or configurations change places")
    func missingNetworks() throws {
        // Fifteen seeds in each of twelve configurations, and a measure that moves the target.
        var numbers = SeededNumbers(seed: 62)
        let x = numbers.normals(180)
        let y = x.map { $0 + 0.5 * numbers.normal() }
        // What three of ten networks lack, no two seeds lack alike.
        let kept = (0..<180).map { _ in Double.random(in: 0..<1, using: &numbers) < 0.7 }
        func evidence(_ rows: [Bool]) -> Evidence {
            Evidence(
                target: Column("y", y), candidates: [Candidate(Column("x", zip(x, rows).map { $1 ? $0 : nil }))],
                factors: [Factor("regime", (0..<180).map { "\($0 / 15)" })], seeds: (0..<180).map { UInt64($0 % 15) })
        }
        for rows in [kept, kept.map { _ in true }] {
            let found = try verdict("x", evidence(rows))
            #expect(found.word == .supported && found.raw.count == rows.count(where: \.self))
            #expect(try #require(found.correctedPValue) < 0.01 && #require(found.hardest?.pValue) < 0.01)
        }
    }

    @Test("A correlation between configurations of many sizes stands as one between those of one size does")
    func unequalConfigurations() throws {
        var numbers = SeededNumbers(seed: 63)
        // 36 configurations of 2 to 37 models.
        let labels = (0..<36).flatMap { [Int](repeating: $0, count: $0 + 2) }
        let effects = numbers.normals(36)
        func column() -> [Double] { labels.map { 2 * effects[$0] + numbers.normal() } }
        let found = try verdict("x", evidence(column(), column(), [], labels: labels.map { "\($0)" }))
        #expect(found.word == .confounded)
        #expect(try #require(found.correctedPValue) < 0.01)
        // Effects of their own in each column are no correlation.
        let others = numbers.normals(36)
        let apart = try verdict(
            "x",
            evidence(
                column(), labels.map { 2 * others[$0] + numbers.normal() }, [], labels: labels.map { "\($0)" }))
        #expect(try #require(apart.correctedPValue) > 0.05)
    }

    @Test("Confounders that agree in the few rows that both have are two")
    func fewCommonRows() {
        let first = (0..<60).map { $0 < 33 ? Double($0) : nil }
        let second = (0..<60).map { $0 < 30 ? nil : Double($0) }
        let evidence = Evidence(
            target: Column("y", (0..<60).map(Double.init)), candidates: [],
            confounders: [Confounder(Column("a", first)), Confounder(Column("b", second))])
        #expect(evidence.duplicates.isEmpty && evidence.confounders.count == 2)
    }

    @Test("The word before training is of the design alone: what confounders refute was supported before")
    func beforeTraining() throws {
        var numbers = SeededNumbers(seed: 56)
        let w = numbers.normals(100)
        func sum() -> [Double] { w.map { 2 * $0 + numbers.normal() } }
        let found = try verdict("x", evidence(sum(), sum(), [w], labels: (0..<100).map { "\($0 % 2)" }))
        #expect(found.word == .confounded && found.wordBeforeTraining == .supported)
    }

    @Test("Words are the same without what is shown beside them")
    func wordsAlone() throws {
        var numbers = SeededNumbers(seed: 59)
        let w = numbers.normals(80)
        func sum() -> [Double] { w.map { $0 + numbers.normal() } }
        let known = evidence(sum(), sum(), [w])
        var alone = rule
        alone.showsBackground = false
        #expect(alone.judge(known).map(\.word) == rule.judge(known).map(\.word))
        #expect(alone.judge(known)[0].trials == rule.judge(known)[0].trials)
    }
}
