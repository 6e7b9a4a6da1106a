import Statistics
import Testing

@Suite struct AttenuationTests {
    @Test("Reliability is the share of the variance that is not noise: a case by hand")
    func byHand() throws {
        // Mean 3, squares 4, 1, 0, 1, 4: variance 10/4; squared standard errors 1, 0, 1, 0, 0.5: mean 0.5.
        let result = try reliability(
            of: Variable("trace", [1, 2, 3, 4, 5]), standardErrors: [1, 0, 1, 0, 0.5.squareRoot()]
        ).get()
        #expect(abs(result.variance - 2.5) < 1e-15 && abs(result.noise - 0.5) < 1e-15 && result.count == 5)
        #expect(abs(result.value - 0.8) < 1e-15)
        // q = 0.2, v = 5, 1.25, 0, 1.25, 5: remainders 0, -0.25, 1, -0.25, -0.5 have squares summing to 1.375.
        let error = (1.375 / 20).squareRoot() / 2.5
        #expect(abs(result.standardError - error) < 1e-15)
        #expect(abs(result.interval.lower - (0.8 - 1.959963984540054 * error)) < 1e-12)
        #expect(result.interval.upper == 1 && result.interval.level == 0.95 && result.remark == nil)
        #expect(abs(try result.withoutNoise(0.4).get() - 0.4 / 0.8.squareRoot()) < 1e-15)
    }

    @Test("The unit of the measure does not matter")
    func unit() throws {
        let one = try reliability(of: Variable("x", [1, 2, 4, 7]), standardErrors: [0.3, 0.5, 0.1, 1]).get()
        let other = try reliability(of: Variable("x", [1e9, 2e9, 4e9, 7e9]), standardErrors: [3e8, 5e8, 1e8, 1e9]).get()
        #expect(abs(one.value - other.value) < 1e-15 && abs(one.standardError - other.standardError) < 1e-15)
    }

    @Test("With known truth the interval covers the reliability about as often as it says")
    func coverage() throws {
        // Truth of variance 1; standard errors of 0.4 or 0.8, so that the noise has variance 0.4.
        let populations = 1000
        let truth = 1 / 1.4
        var numbers = SeededNumbers(seed: 21)
        var covered = 0
        var sum = 0.0
        for _ in 0..<populations {
            let errors = (0..<100).map { $0.isMultiple(of: 2) ? 0.4 : 0.8 }
            let x = errors.map { numbers.normal() + $0 * numbers.normal() }
            let found = try reliability(of: Variable("x", x), standardErrors: errors).get()
            covered += found.interval.lower <= truth && truth <= found.interval.upper ? 1 : 0
            sum += found.value
        }
        let share = Double(covered) / Double(populations)
        #expect(share > 0.91 && share < 0.975)
        // E[1/s²] is 1/σ² · 99/97: a bias of -0.006.
        #expect(abs(sum / Double(populations) - truth) < 0.012)
    }

    @Test(
        "Dividing by the root of the reliability gives back the correlation that noise had weakened",
        arguments: [0.5, 0.7, 0.95])
    func recovery(truth: Double) throws {
        // 20,000 rows: standard errors of 0.007 or less.
        var numbers = SeededNumbers(seed: 31)
        let r = 0.6
        let noise = ((1 - truth) / truth).squareRoot()
        let rows = (0..<20_000).map { _ in (numbers.normal(), numbers.normal(), numbers.normal()) }
        let x = Variable("x", rows.map { $0.0 + noise * $0.2 })
        let y = Variable("y", rows.map { r * $0.0 + (1 - r * r).squareRoot() * $0.1 })
        let found = try reliability(of: x, standardErrors: rows.map { _ in noise }).get()
        #expect(abs(found.value - truth) < 4 * found.standardError)

        let pearson = try #require(correlate(x, y, method: .pearson).estimate)
        #expect(abs(pearson - r * truth.squareRoot()) < 0.025)
        #expect(abs(try found.withoutNoise(pearson).get() - r) < 0.025)
        // For ranks of normal columns the approximation is off by the difference between 6/π asin(r/2) and r.
        let spearman = try #require(correlate(x, y).estimate)
        #expect(abs(try found.withoutNoise(spearman).get() - spearmanOfNormal(pearson: r)) < 0.03)
    }

    @Test("A measure known exactly needs no correction and is said to")
    func noiseFree() throws {
        let exact = try reliability(of: Variable("norm", [1, 2, 4]), standardErrors: [0, 0, 0]).get()
        #expect(exact.value == 1 && exact.standardError == 0)
        #expect(exact.remark == "norm is known without noise, so there is nothing to correct.")
        #expect(exact.withoutNoise(0.37) == .success(0.37))
    }

    @Test("Noise as large as the spread leaves no corrected correlation, and a reason")
    func noise() throws {
        let result = try reliability(of: Variable("trace", [1, 2, 3]), standardErrors: [1, 1, 2]).get()
        #expect(abs(result.value + 1) < 1e-15)
        #expect(result.remark?.hasPrefix("The standard errors alone") == true)
        #expect(result.withoutNoise(0.5) == .failure(.noiseExceedsSpread(reliability: result.value)))
    }

    @Test("A corrected correlation beyond 1 is refused")
    func beyondOne() throws {
        let result = try reliability(of: Variable("x", [1, 2, 3, 4, 5]), standardErrors: [1, 1, 1, 1, 1]).get()
        #expect(result.withoutNoise(0.9) == .failure(.beyondOne(0.9 / result.value.squareRoot())))
    }

    @Test("Input without a reliability says why")
    func undefined() {
        func outcome(_ values: [Double], _ errors: [Double]) -> UndefinedReliability? {
            if case .failure(let reason) = reliability(of: Variable("x", values), standardErrors: errors) {
                reason
            } else {
                nil
            }
        }
        #expect(outcome([1, 2], [0, 0]) == .tooFewRows(2, least: 3))
        #expect(outcome([1, .nan, 2], [0, 0, 0]) == .notFinite(variable: "x", row: 2))
        #expect(outcome([1, 3, 2], [0, 0, -1]) == .noStandardError(variable: "x", row: 3))
        #expect(outcome([1, 3, 2], [0, .infinity, 1]) == .noStandardError(variable: "x", row: 2))
        #expect(outcome([2, 2, 2], [1, 1, 1]) == .constant(variable: "x"))
        #expect(outcome([1e300, -1e300, 0], [1, 1, 1]) == nil)
        #expect(outcome([1e-300, -1e-300, 0], [1, 1, 1]) == .outOfRange)
    }
}
