import Statistics
import Testing

@Suite struct DependentCorrelationsTests {
    @Test("Williams' t and Steiger's z agree with the formulas as NumPy's matrices have them")
    func reference() throws {
        for example in try JudgementValues.load().dependentCorrelations {
            for (method, expected) in [(CorrelationMethod.pearson, example.pearson), (.spearman, example.spearman)] {
                let found = try compareCorrelations(
                    Variable("a", example.first), Variable("b", example.second), with: Variable("y", example.target),
                    method: method
                ).get()
                let williams = try #require(found.williams)
                let steiger = try #require(found.steiger)
                #expect(abs(williams.statistic - expected.t) <= 1e-11 * (1 + abs(expected.t)))
                #expect(abs(williams.pValue - expected.tP) <= 1e-10 * expected.tP)
                #expect(williams.degreesOfFreedom == example.target.count - 3)
                #expect(abs(steiger.statistic - expected.z) <= 1e-11 * (1 + abs(expected.z)))
                #expect(abs(steiger.pValue - expected.zP) <= 1e-10 * expected.zP)
                #expect(found.difference == found.first - found.second && found.bootstrap == nil)
                #expect((found.remark == nil) == (method == .pearson))
            }
        }
    }

    @Test("The example of 103 rows with 0.4, 0.5 and 0.1 in R's psych has t = -0.89 and p = 0.37, as printed there")
    func published() throws {
        let test = try #require(williamsTest(0.4, 0.5, between: 0.1, count: 103))
        #expect(abs(test.statistic + 0.89) < 0.005 && abs(test.pValue - 0.37) < 0.01)
        #expect(test.degreesOfFreedom == 100)
    }

    @Test(
        "Predictors that are equally good are told apart as often as the level says, better ones more often",
        arguments: [(0.5, 0.5), (0.2, 0.6)])
    func simulation(loadings: (Double, Double)) throws {
        var numbers = SeededNumbers(seed: 41)
        var rejected = [0, 0]
        for _ in 0..<2000 {
            let common = numbers.normals(60)
            func noisy(_ loading: Double) -> [Double] {
                common.map { loading * $0 + (1 - loading * loading).squareRoot() * numbers.normal() }
            }
            let (first, second) = (Variable("a", noisy(loadings.0)), Variable("b", noisy(loadings.1)))
            let found = try compareCorrelations(first, second, with: Variable("y", noisy(0.8))).get()
            rejected[0] += try #require(found.williams).pValue < 0.05 ? 1 : 0
            rejected[1] += try #require(found.steiger).pValue < 0.05 ? 1 : 0
        }
        for count in rejected {
            let share = Double(count) / 2000
            // Four standard errors at 0.05 are 0.02.
            #expect(loadings.0 == loadings.1 ? abs(share - 0.05) < 0.02 : share > 0.35)
        }
    }

    @Test("Exchanging the predictors turns the sign and nothing else")
    func exchanged() throws {
        let example = try #require(try JudgementValues.load().dependentCorrelations.first)
        let (a, b, y) = (Variable("a", example.first), Variable("b", example.second), Variable("y", example.target))
        let one = try compareCorrelations(a, b, with: y, bootstrap: Bootstrap(seed: 1, resamples: 400)).get()
        let other = try compareCorrelations(b, a, with: y, bootstrap: Bootstrap(seed: 1, resamples: 400)).get()
        #expect(one.williams?.pValue == other.williams?.pValue && one.steiger?.pValue == other.steiger?.pValue)
        #expect(one.difference == -other.difference)
        let (bounds, mirrored) = (try #require(one.bootstrap?.bounds), try #require(other.bootstrap?.bounds))
        #expect(abs(bounds.lower + mirrored.upper) < 1e-12 && abs(bounds.upper + mirrored.lower) < 1e-12)
    }

    @Test("Compared by size, turning a predictor round changes nothing")
    func sizes() throws {
        let example = try JudgementValues.load().dependentCorrelations[2]
        let (a, b, y) = (Variable("a", example.first), Variable("b", example.second), Variable("y", example.target))
        let turned = Variable("a", example.first.map { -$0 })
        func compared(_ a: Variable) throws -> DependentCorrelations {
            try compareCorrelations(a, b, with: y, comparesSizes: true, bootstrap: Bootstrap(seed: 2, resamples: 200))
                .get()
        }
        let (one, other) = (try compared(a), try compared(turned))
        #expect(abs(one.difference - (abs(one.first) - abs(one.second))) < 1e-15)
        #expect(abs(one.difference - other.difference) < 1e-14)
        #expect(abs(try #require(one.williams).statistic - (try #require(other.williams).statistic)) < 1e-12)
        #expect(abs(try #require(one.bootstrap?.bounds).lower - (try #require(other.bootstrap?.bounds).lower)) < 1e-14)
        #expect(try compareCorrelations(a, b, with: y).get().difference == one.first - one.second)
    }

    @Test("The bootstrap's bounds are those of both coefficients on the resamples of a single correlation")
    func bootstrap() throws {
        // Against a predictor without relation to anything else, resample by resample: with the target itself as the
        // first predictor, its coefficient is 1 in each, so that the difference is 1 - rho.
        let pair = try #require(try ReferenceValues.load().pairs.first { $0.name == "100 rows" })
        let (x, y) = (Variable("x", pair.x), Variable("y", pair.y))
        let settings = Bootstrap(seed: 9, resamples: 300)
        let single = try #require(correlate(x, y, bootstrap: settings).bootstrap?.bounds)
        let found = try compareCorrelations(y, x, with: y, bootstrap: settings).get()
        let bounds = try #require(found.bootstrap?.bounds)
        #expect(abs(bounds.lower - (1 - single.upper)) < 1e-12 && abs(bounds.upper - (1 - single.lower)) < 1e-12)
        // No z of a correlation of 1.
        #expect(found.steiger == nil && found.williams != nil)
    }

    @Test("Rows of a cluster are drawn together")
    func clusters() throws {
        // Each row four times: drawn one by one they look like four times as many rows, drawn together they do not.
        let example = try JudgementValues.load().dependentCorrelations[1]
        func fourfold(_ values: [Double]) -> [Double] { values.flatMap { [$0, $0, $0, $0] } }
        let (a, b) = (Variable("a", fourfold(example.first)), Variable("b", fourfold(example.second)))
        let y = Variable("y", fourfold(example.target))
        let settings = Bootstrap(seed: 4, resamples: 400)
        func width(_ clusters: [Int]?) throws -> Double {
            let found = try compareCorrelations(a, b, with: y, bootstrap: settings, clusters: clusters).get().bootstrap
            #expect(found?.clusters == (clusters == nil ? nil : 40))
            let bounds = try #require(found?.bounds)
            return bounds.upper - bounds.lower
        }
        let ratio = try width((0..<160).map { $0 / 4 }) / width(nil)
        #expect(ratio > 1.6 && ratio < 2.4)
        let one = try compareCorrelations(a, b, with: y, bootstrap: settings, clusters: [Int](repeating: 1, count: 160))
            .get()
        #expect(one.bootstrap?.bounds == nil && one.bootstrap?.reason != nil)
    }

    @Test("Kendall's tau is compared by the bootstrap alone")
    func kendall() throws {
        let example = try JudgementValues.load().dependentCorrelations[1]
        let found = try compareCorrelations(
            Variable("a", example.first), Variable("b", example.second), with: Variable("y", example.target),
            method: .kendall, bootstrap: Bootstrap(seed: 3, resamples: 100)
        ).get()
        #expect(found.williams == nil && found.steiger == nil && found.bootstrap?.bounds != nil)
        #expect(found.remark == "Williams' and Steiger's tests do not hold for Kendall's tau.")
    }

    @Test("Predictors that cannot be compared say why")
    func undefined() {
        func reason(_ a: [Double], _ b: [Double], _ y: [Double]) -> UndefinedComparison? {
            if case .failure(let reason) = compareCorrelations(
                Variable("a", a), Variable("b", b), with: Variable("y", y))
            {
                reason
            } else {
                nil
            }
        }
        #expect(reason([1, 2, 3], [3, 2, 1], [1, 3, 2]) == .correlation(.tooFewRows(3, least: 4)))
        #expect(reason([1, 2, 3, 4], [5, 6, 7, 9], [1, 3, 2, 4]) == .samePredictor("a", "b"))
        #expect(reason([1, 2, 3, 4], [9, 7, 6, 5], [1, 3, 2, 4]) == .samePredictor("a", "b"))
        #expect(reason([1, 2, 3, 4], [2, 2, 2, 2], [1, 3, 2, 4]) == .correlation(.constant(variable: "b")))
        #expect(
            reason([1, 2, .nan, 4], [2, 1, 2, 2], [1, 3, 2, 4]) == .correlation(.notFinite(variable: "a", row: 3)))
    }
}
