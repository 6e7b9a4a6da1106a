import Statistics
import Testing

@Suite struct CrossFittedGainTests {
    @Test(
        "Gains and their standard errors agree with statsmodels' least squares on the same folds",
        arguments: try JudgementValues.load().crossFittedGains)
    func reference(example: JudgementValues.Gain) throws {
        let found = try crossFittedGain(
            of: Variable("m", example.measure), beyond: variables(example.baseline),
            target: Variable("y", example.target), ranked: example.ranked, units: example.units, folds: example.folds
        ).get()
        #expect(abs(found.gain - example.gain) < 1e-10)
        #expect(abs(found.standardError - example.standardError) < 1e-10)
        #expect(abs(found.baseline - example.baselineR2) < 1e-10)
        #expect(abs(found.withMeasure - found.baseline - found.gain) < 1e-12)
        #expect(found.repeats == example.folds.count && found.units == Set(example.units).count)
    }

    /// A target of a column, a measure and noise, each of variance 1.
    private func population(_ count: Int, seed: UInt64, effect: Double) -> (z: Variable, m: Variable, y: Variable) {
        var numbers = SeededNumbers(seed: seed)
        let (z, m) = (numbers.normals(count), numbers.normals(count))
        let y = (0..<count).map { z[$0] + effect * m[$0] + numbers.normal() }
        return (Variable("z", z), Variable("m", m), Variable("y", y))
    }

    @Test("A measure that carries a third of the variance gains a third")
    func knownTruth() throws {
        let (z, m, y) = population(4000, seed: 51, effect: 1)
        let found = try crossFittedGain(
            of: m, beyond: [z], target: y, ranked: false, crossFitting: CrossFitting(seed: 1, repeats: 3)
        ).get()
        #expect(abs(found.gain - 1.0 / 3) < 4 * found.standardError && found.standardError < 0.02)
        #expect(abs(found.baseline - 1.0 / 3) < 0.05)
        #expect(found.interval.lower < found.gain && found.gain < found.interval.upper)
    }

    @Test("A measure that adds nothing gains about nothing, whatever it correlates with the target")
    func nothing() throws {
        var numbers = SeededNumbers(seed: 52)
        let z = numbers.normals(200)
        let y = Variable("y", z.map { $0 + numbers.normal() })
        let proxy = Variable("m", z.map { $0 + 0.3 * numbers.normal() })
        #expect(try #require(correlate(proxy, y).estimate) > 0.5)
        let found = try crossFittedGain(
            of: proxy, beyond: [Variable("z", z)], target: y, crossFitting: CrossFitting(seed: 1)
        ).get()
        #expect(abs(found.gain) < 0.02 && found.interval.lower < 0.002)
        #expect(found.folds == 10 && found.repeats == 20 && found.units == 200)
    }

    @Test("A gain above 0 is seldom chance, an interval above 0 almost never; a true effect shows in the gain")
    func errorRates() throws {
        var numbers = SeededNumbers(seed: 57)
        func shares(effect: Double) throws -> (gain: Double, interval: Double) {
            var (gains, intervals) = (0, 0)
            for population in 0..<200 {
                let z = (0..<3).map { Variable("z\($0)", numbers.normals(100)) }
                let m = numbers.normals(100)
                let y = (0..<100).map { 0.5 * z[0].values[$0] + effect * m[$0] + numbers.normal() }
                let measure = Variable("m", (0..<100).map { z[0].values[$0] + m[$0] })
                let found = try crossFittedGain(
                    of: measure, beyond: z, target: Variable("y", y),
                    crossFitting: CrossFitting(seed: UInt64(population), repeats: 4)
                ).get()
                gains += found.gain > 0 ? 1 : 0
                intervals += found.interval.lower > 0 ? 1 : 0
            }
            return (Double(gains) / 200, Double(intervals) / 200)
        }
        let nothing = try shares(effect: 0)
        #expect(nothing.gain > 0.05 && nothing.gain < 0.27 && nothing.interval < 0.02)
        let effect = try shares(effect: 0.3)
        #expect(effect.gain > 0.85 && effect.interval > 0.03)
    }

    @Test("The same seed deals the same folds, another one others")
    func reproducible() throws {
        let (z, m, y) = population(50, seed: 53, effect: 0.5)
        func gain(_ seed: UInt64) throws -> CrossFittedGain {
            try crossFittedGain(of: m, beyond: [z], target: y, crossFitting: CrossFitting(seed: seed, repeats: 2)).get()
        }
        #expect(try gain(1) == gain(1))
        #expect(try gain(1).gain != gain(2).gain)
    }

    @Test("Copies of a row give a gain away unless their group is held out together")
    func groups() throws {
        // Thirty configurations of random target, ten equal rows each; twelve random columns that tell them apart.
        var numbers = SeededNumbers(seed: 54)
        let groups = (0..<300).map { $0 / 10 }
        func column(_ name: String) -> Variable {
            let values = numbers.normals(30)
            return Variable(name, groups.map { values[$0] })
        }
        let baseline = (0..<12).map { column("z\($0)") }
        let (measure, target) = (column("m"), column("y"))
        func found(_ groups: [Int]?) throws -> CrossFittedGain {
            try crossFittedGain(
                of: measure, beyond: baseline, target: target, groups: groups,
                crossFitting: CrossFitting(seed: 1, repeats: 5)
            ).get()
        }
        let (apart, together) = (try found(nil), try found(groups))
        #expect(apart.baseline > 0.2)
        #expect(together.baseline < 0)
        #expect(together.units == 30 && apart.units == 300)
    }

    @Test("A second name of one quantity in the baseline changes no gain, though it differs in two networks")
    func sameQuantity() throws {
        let (z, m, y) = population(60, seed: 57, effect: 0.5)
        var values = z.values
        let order = values.indices.sorted { values[$0] < values[$1] }
        values.swapAt(order[20], order[21])
        let alone = try crossFittedGain(of: m, beyond: [z], target: y, crossFitting: CrossFitting(seed: 1)).get()
        let twice = try crossFittedGain(
            of: m, beyond: [z, Variable("other name", values)], target: y, crossFitting: CrossFitting(seed: 1)
        ).get()
        #expect(twice.gain == alone.gain && twice.baseline == alone.baseline)
    }

    @Test("There are no more folds than groups, and one group cannot be held out")
    func fewGroups() throws {
        let (z, m, y) = population(40, seed: 55, effect: 0.5)
        let found = try crossFittedGain(
            of: m, beyond: [z], target: y, groups: (0..<40).map { $0 % 4 }, crossFitting: CrossFitting(seed: 1)
        ).get()
        #expect(found.folds == 4 && found.units == 4)
        let one = crossFittedGain(
            of: m, beyond: [z], target: y, groups: [Int](repeating: 7, count: 40), crossFitting: CrossFitting(seed: 1))
        #expect(one == .failure(.oneGroup))
    }

    @Test("Beyond a baseline that fails on configurations that it has not seen nothing is told")
    func failing() throws {
        // Ten configurations: the baseline is a line through nine of them, and far off at the tenth, whose fold is
        // large.
        let sizes = [1, 1, 1, 1, 1, 1, 1, 1, 1, 60]
        let rows = sizes.enumerated().flatMap { [Int](repeating: $0.offset, count: $0.element) }
        let baseline = Variable("z", rows.map { $0 == 9 ? 1000 : Double($0) })
        let target = Variable("y", rows.enumerated().map { Double($0.element % 9) + Double($0.offset % 7) / 100 })
        let measure = Variable("m", rows.enumerated().map { Double($0.element % 9) + Double($0.offset % 5) / 10 })
        let found = crossFittedGain(
            of: measure, beyond: [baseline], target: target, ranked: false, groups: rows,
            crossFitting: CrossFitting(seed: 1))
        guard case .failure(.baselineFails(let share)) = found else {
            return #expect(Bool(false), "\(found)")
        }
        #expect(share < -1)
    }

    @Test("Input without a gain says why")
    func undefined() throws {
        let (z, m, y) = population(12, seed: 56, effect: 0.5)
        func reason(_ m: Variable, _ baseline: [Variable], _ y: Variable, ranked: Bool = true) -> UndefinedGain? {
            let outcome = crossFittedGain(
                of: m, beyond: baseline, target: y, ranked: ranked, crossFitting: CrossFitting(seed: 1, repeats: 1))
            if case .failure(let reason) = outcome { return reason } else { return nil }
        }
        #expect(reason(z, [z], y) == .nothingNew(measure: "z"))
        #expect(reason(Variable("m", m.values.map { _ in 0.1 }), [z], y) == .correlation(.constant(variable: "m")))
        #expect(reason(m, [z], Variable("y", y.values.map { _ in 3 })) == .correlation(.constant(variable: "y")))
        let broken = Variable("z", z.values.dropLast() + [.infinity])
        #expect(reason(m, [broken], y) == .correlation(.notFinite(variable: "z", row: 12)))
        func first(_ variable: Variable) -> Variable { Variable(variable.name, Array(variable.values.prefix(3))) }
        #expect(reason(first(m), [], first(y)) == .correlation(.tooFewRows(3, least: 4)))
        #expect(
            reason(m, (0..<8).map { k in Variable("z\(k)", z.values.map { ($0 * Double(k + 1)).rounded() }) }, y)
                == .tooFewTrainingRows(10, columns: 9))
        #expect(reason(Variable("m", m.values.map { $0 * 1e300 }), [z], y, ranked: false) == nil)
    }
}
