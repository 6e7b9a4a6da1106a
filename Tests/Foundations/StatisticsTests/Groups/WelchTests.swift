import Statistics
import Testing

@Suite struct WelchTests {
    @Test(
        "Welch's t, its degrees, p and interval agree with SciPy's ttest_ind",
        arguments: try ReferenceValues.load().welch)
    func reference(welch: ReferenceValues.Welch) throws {
        let test = try welchTest(welch.a, welch.b).get()
        #expect(abs(test.difference - welch.difference) <= 1e-13 * (1 + abs(welch.difference)))
        #expect(abs(test.t - welch.t) <= 1e-12 * (1 + abs(welch.t)))
        #expect(abs(test.degreesOfFreedom - welch.degrees) <= 1e-11 * welch.degrees)
        // Last bits of t move a p value of 1e-150 by more than its own.
        #expect(abs(test.pValue - welch.p) <= 1e-10 * welch.p)
        // GSL's quantile of t is good to eight digits or so.
        let reach = welch.upper - welch.difference
        #expect(abs(test.interval.lower - welch.lower) <= 1e-7 * reach)
        #expect(abs(test.interval.upper - welch.upper) <= 1e-7 * reach)
        #expect(test.interval.level == 0.95)
    }

    @Test("Swapping the groups turns the sign and nothing else")
    func swapped() throws {
        let case2 = try #require(try ReferenceValues.load().welch.first { $0.name == "unequal sizes and spreads" })
        let one = try welchTest(case2.a, case2.b).get()
        let other = try welchTest(case2.b, case2.a).get()
        #expect(one.t == -other.t && one.difference == -other.difference)
        #expect(one.pValue == other.pValue)
        #expect(one.interval.lower == -other.interval.upper)
    }

    @Test("Groups of equal size and spread have Student's degrees of freedom")
    func student() throws {
        let test = try welchTest([1, 2, 3, 4], [11, 12, 13, 14]).get()
        #expect(abs(test.degreesOfFreedom - 6) < 1e-12)
        // Variance 5/3 in both: t = -10 / sqrt(2 · 5/12).
        #expect(abs(test.t + 10 / (5.0 / 6).squareRoot()) < 1e-12)
    }

    @Test(
        "Groups that cannot be compared say why",
        arguments: [
            ([], [1, 2], UndefinedTest.tooFewValues(group: 1, count: 0)),
            ([1, 2], [1], .tooFewValues(group: 2, count: 1)),
            ([1, 1, 1], [2, 2], .bothConstant), ([0.1 + 0.2, 0.3], [5, 5, 5], .bothConstant),
            ([0, 0], [0, 0], .bothConstant),
            ([1, .nan], [1, 2], .notFinite(group: 1, index: 2)),
            ([1, 2], [.infinity, 2], .notFinite(group: 2, index: 1)),
            ([1.7e308, 1.6e308], [-1.7e308, -1.6e308], .outOfRange),
        ] as [([Double], [Double], UndefinedTest)])
    func undefined(a: [Double], b: [Double], reason: UndefinedTest) {
        #expect(welchTest(a, b) == .failure(reason))
        #expect(reason.description.hasSuffix("."))
    }
}
