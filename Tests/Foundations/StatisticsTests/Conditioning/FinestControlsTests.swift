import Statistics
import Testing

@Suite struct FinestControlsTests {
    private var rule: VerdictRule {
        var rule = VerdictRule()
        rule.bootstrap = Bootstrap(seed: 1, resamples: 200)
        rule.showsBackground = false
        return rule
    }

    private func controls(_ categories: [Int], factors: [[Int]]? = nil, _ confounders: [[Double]]) -> Controls {
        Controls(
            categories: categories, factors: factors ?? [categories], holdsMainEffects: false, seeds: nil,
            confounders: variables(confounders))
    }

    private func finest(_ controls: Controls, _ x: [Double], _ y: [Double]) -> FinestControls {
        FinestControls(HeldColumns(controls, x: x, y: y, Flexibility()), controls, Flexibility())
    }

    @Test(
        "They take half of the degrees of freedom beside the categories at most, and 100 columns",
        arguments: [24, 40, 100, 1000])
    func room(count: Int) {
        var numbers = SeededNumbers(seed: 61)
        let categories = (0..<count).map { $0 % 6 }
        let controls = controls(categories, [numbers.normals(count), numbers.normals(count)])
        let (x, y) = (numbers.normals(count), numbers.normals(count))
        let held = HeldColumns(controls, x: x, y: y, Flexibility())
        let finest = FinestControls(held, controls, Flexibility()).held
        #expect(finest.residualDegrees >= max(10, (count - 6) / 2) || finest.rank == held.rank)
        #expect(finest.rank - held.rank <= 100)
        #expect(count < 100 || finest.rank > held.rank + 20)
        // What was held before is held still.
        let rest = finest.remainder(of: x) ?? []
        #expect(distance(held.remainder(of: rest) ?? [], rest) < 1e-9)
    }

    @Test("Slopes of configurations are among them where they fit, else those of the factors' levels")
    func slopes() throws {
        var numbers = SeededNumbers(seed: 62)
        let w = numbers.normals(48)
        let twelve = (0..<48).map { $0 % 12 }
        func slope(_ levels: [Int], _ effects: [Double]) -> [Double] {
            zip(levels, centredRanks(w)).map { effects[$0] * $1 }
        }
        func left(_ column: [Double], _ controls: Controls) -> [Double]? {
            finest(controls, numbers.normals(48), numbers.normals(48)).held.remainder(of: column)
        }
        #expect(left(slope(twelve, numbers.normals(12)), controls(twelve, [w])) == nil)
        // With two models each 24 slopes do not fit beside 24 means; those of six levels do.
        let pairs = (0..<48).map { $0 % 24 }
        let six = pairs.map { $0 % 6 }
        let few = controls(pairs, factors: [six, pairs.map { $0 / 6 }], [w])
        #expect(left(slope(pairs, numbers.normals(24)), few) != nil)
        #expect(left(slope(six, numbers.normals(6)), few) == nil)
    }

    @Test("Without a confounder nothing is finer")
    func none() {
        let controls = controls((0..<40).map { $0 % 2 }, [])
        var numbers = SeededNumbers(seed: 63)
        let held = HeldColumns(controls, x: numbers.normals(40), y: numbers.normals(40), Flexibility())
        #expect(FinestControls(held, controls, Flexibility()).held.rank == held.rank)
    }

    @Test("What slopes of twelve configurations make, for which four models each leave no room, is left open")
    func unresolved() throws {
        var numbers = SeededNumbers(seed: 64)
        var unresolved = 0
        for _ in 0..<40 {
            let (w, effects) = (numbers.normals(48), numbers.normals(12))
            func column() -> [Double] { w.indices.map { effects[$0 % 12] * w[$0] + 0.7 * numbers.normal() } }
            let found = rule.judge(
                Evidence(
                    target: Column("y", column()), candidates: [Candidate(Column("x", column()))],
                    factors: [Factor("grid", (0..<48).map { "\($0 % 12)" })],
                    confounders: [Confounder(Column("w", w))]))[0]
            let trial = try #require(found.trials.last)
            unresolved += trial.outcome == .unresolved ? 1 : 0
            // Never silent: what is unresolved is told by the test of curves, and not by the finest ones.
            if trial.outcome == .unresolved {
                #expect(try #require(trial.pValue) < 0.05)
                let finest = try #require(trial.finest)
                #expect(finest.pValue >= 0.05 || finest.value * (found.raw.estimate ?? 0) < 0)
                #expect(found.word != .supported && found.word != .masked && found.word != .fragile)
            }
        }
        #expect(unresolved >= 10, "\(unresolved) of 40")
    }

    @Test("What they leave is orthogonal to the means and slopes of every configuration")
    func leastSquares() throws {
        var numbers = SeededNumbers(seed: 65)
        let (x, y, w) = (numbers.normals(60), numbers.normals(60), numbers.normals(60))
        let thirds = (0..<60).map { $0 % 3 }
        let controls = controls(thirds, [w])
        let finest = finest(controls, x, y).held
        // Residuals are uncorrelated with every mean and every slope.
        let rest = try #require(finest.remainder(of: x))
        let ranks = centredRanks(w)
        let held = (0..<3).flatMap { level in
            [ranks.map { _ in 1.0 }, ranks].map { column in
                zip(column, thirds).map { $1 == level ? $0 : 0 }
            }
        }
        for column in held { #expect(abs(zip(rest, column).reduce(0) { $0 + $1.0 * $1.1 }) < 1e-7) }
    }

    @Test("Where slopes find no place, the p is that of the constant beside the squares, if that is larger")
    func constant() throws {
        // 24 pairs: within one, everything is a difference; d of the confounder, a of x and b of y.
        var numbers = SeededNumbers(seed: 66)
        var told = (shared: 0, free: 0)
        for _ in 0..<60 {
            let (w, effects, pairs) = (numbers.normals(72), numbers.normals(36), (0..<72).map { $0 % 36 })
            let controls = controls(pairs, factors: [[Int](repeating: 0, count: 72)], [w])
            func sloped() -> [Double] { w.indices.map { effects[pairs[$0]] * w[$0] + 0.5 * numbers.normal() } }
            let (x, y) = (sloped(), sloped())
            told.shared += finest(controls, x, y).correlation(x, y).pValue < 0.05 ? 1 : 0
            let cause = numbers.normals(72)
            let effect = cause.map { $0 + numbers.normal() }
            told.free += finest(controls, cause, effect).correlation(cause, effect).pValue < 0.05 ? 1 : 0
        }
        #expect(told.shared <= 8)
        #expect(told.free >= 30)
    }

    @Test("Where the confounder is as far from its mean in every model, nothing is told from its slopes")
    func noVariation() {
        // Two values, one of each in every pair: all squares are equal, and the constant is a combination of them.
        let pairs = (0..<60).map { $0 % 30 }
        let controls = controls(pairs, factors: [[Int](repeating: 0, count: 60)], [(0..<60).map { $0 < 30 ? 0 : 1 }])
        var numbers = SeededNumbers(seed: 68)
        let x = numbers.normals(60), y = x.map { $0 + 0.1 * numbers.normal() }
        #expect(finest(controls, x, y).correlation(x, y).pValue == 1)
    }

    @Test("Slopes that are held already need no place, and are not asked for again")
    func alreadyHeld() {
        var numbers = SeededNumbers(seed: 69)
        let (w, effects, configurations) = (numbers.normals(100), numbers.normals(24), (0..<100).map { $0 % 24 })
        let controls = controls(configurations, [w])
        func sloped() -> [Double] {
            w.indices.map { 3 * effects[configurations[$0]] * w[$0] + 0.3 * numbers.normal() }
        }
        let cause = numbers.normals(100)
        let x = zip(sloped(), cause).map(+), y = zip(sloped(), cause).map(+)
        var held = HeldColumns(categories: configurations)
        let ranks = centredRanks(w)
        for configuration in 0..<24 {
            held.add(zip(ranks, configurations).map { $1 == configuration ? $0 : 0 })
        }
        // 24 slopes leave room for fewer than as many again.
        let finest = FinestControls(held, controls, Flexibility())
        #expect(held.rank == 24 && finest.held.rank < 48)
        // What slopes explain is held: the p is Student's.
        let found = finest.correlation(x, y)
        let student = studentPValue(correlation: found.value, degreesOfFreedom: finest.held.residualDegrees - 1)
        #expect(abs(found.pValue - student) <= 1e-12 * student)
    }

    @Test("The constant's test is that of the normal equations")
    func normalEquations() throws {
        var numbers = SeededNumbers(seed: 67)
        let (w, pairs) = (numbers.normals(40), (0..<40).map { $0 % 20 })
        let controls = controls(pairs, factors: [[Int](repeating: 0, count: 40)], [w])
        let x = numbers.normals(40), y = x.map { $0 + numbers.normal() }
        let finest = finest(controls, x, y)
        let held = HeldColumns(controls, x: x, y: y, Flexibility())
        let products = zip(try #require(held.remainder(of: x)), try #require(held.remainder(of: y))).map(*)
        let ranks = centredRanks(w)
        // Two rows of a pair differ from its mean by half of their difference.
        let z = (0..<40).map { row in
            let half = (ranks[row] - ranks[(row + 20) % 40]) / 2
            return half * half
        }
        let n = 40.0
        let (meanZ, meanP) = (z.reduce(0, +) / n, products.reduce(0, +) / n)
        let spreadZ = z.reduce(0) { $0 + ($1 - meanZ) * ($1 - meanZ) }
        let slope = zip(z, products).reduce(0) { $0 + ($1.0 - meanZ) * ($1.1 - meanP) } / spreadZ
        let constant = meanP - slope * meanZ
        let degrees = Double(held.residualDegrees - 2)
        let residual = zip(z, products).reduce(0) { sum, row in
            let left = row.1 - constant - slope * row.0
            return sum + left * left
        }
        let t = constant / (residual / degrees * (1 / n + meanZ * meanZ / spreadZ)).squareRoot()
        let found = finest.correlation(x, y)
        let p = max(
            studentPValue(t: t, degreesOfFreedom: degrees),
            studentPValue(correlation: found.value, degreesOfFreedom: finest.held.residualDegrees - 1))
        #expect(t > 0 && abs(found.pValue - p) < 1e-10 * max(p, 1e-6), "\(found) \(p)")
    }
}
