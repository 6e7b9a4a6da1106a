import Foundation
import Statistics
import Testing

@Suite struct WithinStrataTests {
    @Test(
        "The mean over strata and Cochran's Q agree with statsmodels' meta-analysis",
        arguments: try ResamplingValues.load().withinStrata)
    func reference(example: ResamplingValues.WithinStrata) throws {
        let within = withinStrata(
            Variable("x", example.x), Variable("y", example.y), strata: example.labels, method: example.method,
            variance: example.variance)
        let pooled = try within.pooled.get()
        #expect(abs(pooled.fisherZ - example.mean) < 1e-12)
        #expect(abs(pooled.value - tanh(example.mean)) < 1e-12)
        #expect(abs(pooled.standardError - example.error) < 1e-13)
        #expect(
            abs(pooled.interval.lower - example.lower) < 1e-11 && abs(pooled.interval.upper - example.upper) < 1e-11)
        #expect(abs(pooled.pValue - example.p) <= 1e-10 * example.p)
        #expect(pooled.count == example.x.count && pooled.interval.level == 0.95)
        let heterogeneity = try #require(pooled.heterogeneity)
        #expect(abs(heterogeneity.q - example.q) <= 1e-11 * max(example.q, 1))
        #expect(abs(heterogeneity.pValue - example.qP) <= 1e-10 * example.qP)
        #expect(heterogeneity.degreesOfFreedom == 2)
        #expect(abs(within.strata.compactMap(\.weight).reduce(0, +) - 1) < 1e-15 && within.leftOut.isEmpty)
    }

    @Test("Strata that cannot enter are listed with their reason")
    func leftOut() throws {
        let labels: [String?] =
            ["a", "a", "a", "a", "a", "few", "few", "few", "flat", "flat", "flat", "flat", "one"]
            + ["perfect", "perfect", "perfect", "perfect", nil, nil]
        let x: [Double] = [1, 2, 3, 4, 5, 1, 2, 3, 7, 7, 7, 7, 1, 1, 2, 3, 4, 100, 200]
        let y: [Double] = [2, 1, 4, 3, 5, 3, 1, 2, 1, 2, 3, 4, 1, 8, 6, 4, 2, 100, 200]
        let within = withinStrata(Variable("x", x), Variable("y", y), strata: labels)
        #expect(within.strata.map(\.label) == ["a", "few", "flat", "one", "perfect"])
        #expect(
            within.leftOut.map(\.reason) == [
                "There are 3 complete rows, fewer than the 4 it takes.",
                "x has the same value in every row.",
                "There is 1 complete row, fewer than the 4 it takes.",
                "The coefficient is -1, whose Fisher's z is infinite.",
            ])
        // What is left is the one stratum's correlation with its own interval.
        let pooled = try within.pooled.get()
        let alone = correlate(Variable("x", Array(x[..<5])), Variable("y", Array(y[..<5])))
        #expect(abs(pooled.value - (try #require(alone.estimate))) < 1e-15)
        #expect(abs(pooled.interval.lower - (try #require(alone.interval?.lower))) < 1e-14)
        #expect(pooled.heterogeneity == nil && pooled.count == 5)
        #expect(within.strata[0].weight == 1 && within.strata[0].reason == nil)

        let five = withinStrata(
            Variable("x", Array(x[..<5])), Variable("y", Array(y[..<5])), strata: Array(labels[..<5]), method: .kendall)
        #expect((try? five.pooled.get())?.count == 5)
        let four = withinStrata(
            Variable("x", Array(x[..<4])), Variable("y", Array(y[..<4])), strata: Array(labels[..<4]), method: .kendall)
        #expect(four.leftOut.map(\.reason) == ["There are 4 complete rows, fewer than the 5 it takes."])
        #expect(four.pooled == .failure(.noStratum(leftOut: 1)))
    }

    /// Coefficients of ±1 with ties, of which the quotient of counts may miss ±1 by a rounding error: then Fisher's z
    /// is 18 and outweighs all that other strata say.
    @Test("A stratum that is perfect but for rounding is left out as one that is exactly so", arguments: 2...40)
    func perfectWithTies(distinct: Int) throws {
        var x: [Double] = []
        for value in 0..<distinct { x += [Double](repeating: Double(value) / 3, count: 2 + value % 3) }
        let ordinary: [Double] = [1, 2, 3, 4, 5, 6, 7, 8], other: [Double] = [2, 1, 4, 3, 6, 5, 8, 7]
        for sign in [1.0, -1] {
            let labels = x.map { _ in "perfect" } + ordinary.map { _ in "ordinary" }
            for method in CorrelationMethod.allCases {
                let within = withinStrata(
                    Variable("x", x + ordinary), Variable("y", x.map { sign * (0.7 * $0 + 0.1) } + other),
                    strata: labels, method: method)
                #expect(within.strata[0].weight == nil)
                #expect(within.strata[0].reason?.contains("whose Fisher's z is infinite") == true)
                #expect(abs(try within.pooled.get().fisherZ) < 2)
                #expect(within.strata[1].weight == 1)
            }
        }
    }

    @Test("Without any stratum a sentence says so")
    func none() {
        let x = Variable("x", [1, 2, 3]), y = Variable("y", [1, 3, 2])
        #expect(withinStrata(x, y, strata: [nil, nil, nil]).pooled == .failure(.noStratum(leftOut: 0)))
        #expect(UndefinedPooling.noStratum(leftOut: 0).description == "There is no stratum.")
        let pairs = withinStrata(x, y, strata: ["a", "b", "b"])
        #expect(pairs.pooled == .failure(.noStratum(leftOut: 2)))
        #expect(
            UndefinedPooling.noStratum(leftOut: 2).description
                == "None of the 2 strata has a correlation that could be averaged.")
    }

    @Test("A trend that only the strata make is gone within them, and one against it comes out")
    func paradox() throws {
        var columns = MadeUpColumns(seed: 41)
        let labels = (0..<60).map { "regime \($0 / 20)" }
        let x = columns.column(60).enumerated().map { $1 + 4 * Double($0 / 20) }
        let y = zip(x, columns.column(60)).enumerated().map { 9 * Double($0 / 20) - $1.0 + 0.5 * $1.1 }
        let raw = try #require(correlate(Variable("x", x), Variable("y", y)).estimate)
        let pooled = try withinStrata(Variable("x", x), Variable("y", y), strata: labels).pooled.get()
        #expect(raw > 0.5 && pooled.value < -0.5 && pooled.pValue < 1e-6)
    }
}
