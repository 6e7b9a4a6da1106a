import Statistics
import Testing

@Suite struct PartialCorrelationTests {
    @Test(
        "Partial correlations agree with NumPy's least squares and SciPy's t",
        arguments: try ReferenceValues.load().partials)
    func reference(partial: ReferenceValues.Partial) throws {
        for (method, expected) in [(CorrelationMethod.spearman, partial.spearman), (.pearson, partial.pearson)] {
            let correlation = correlate(
                Variable("x", partial.x), Variable("y", partial.y), method: method, given: variables(partial.covariates)
            )
            let estimate = try correlation.outcome.get()
            let rank = try #require(expected.rank)
            #expect(abs(estimate.value - expected.estimate) <= 1e-12)
            #expect(abs(estimate.pValue - expected.p) <= 1e-11 * expected.p)
            #expect(estimate.degreesOfFreedom == partial.x.count - 2 - rank)
            #expect((correlation.remark != nil) == (rank < partial.covariates.count))
            #expect(correlation.covariates.count == partial.covariates.count)
        }
    }

    @Test(
        "Given a category they agree with statsmodels' residuals on dummy columns",
        arguments: try ReferenceValues.load().categorical)
    func categorical(example: ReferenceValues.Categorical) throws {
        let given = indicators("regime", example.labels).map { Variable($0.name, $0.values.compactMap { $0 }) }
        let correlation = correlate(Variable("x", example.x), Variable("y", example.y), given: given)
        let estimate = try correlation.outcome.get()
        #expect(abs(estimate.value - example.spearman.estimate) <= 1e-12)
        #expect(abs(estimate.pValue - example.spearman.p) <= 1e-11 * example.spearman.p)
        #expect(estimate.degreesOfFreedom == example.x.count - 2 - (try #require(example.spearman.rank)))
        #expect(correlation.remark == nil)
    }

    @Test("With one covariate the textbook formula of three plain correlations holds")
    func formula() throws {
        let pair = try #require(try ReferenceValues.load().pairs.first { $0.name == "heavy ties in both" })
        let x = Variable("x", pair.x)
        let y = Variable("y", pair.y)
        let z = Variable("z", zip(pair.x, pair.y).enumerated().map { Double($0 % 7) + $1.0 - 0.5 * $1.1 })
        func rho(_ a: Variable, _ b: Variable) throws -> Double { try #require(correlate(a, b).estimate) }
        let (xy, xz, yz) = (try rho(x, y), try rho(x, z), try rho(y, z))
        let expected = (xy - xz * yz) / ((1 - xz * xz) * (1 - yz * yz)).squareRoot()
        let partial = try #require(correlate(x, y, given: [z]).estimate)
        #expect(abs(partial - expected) < 1e-13)
    }

    @Test("Covariates that repeat each other count once, and the remark says so")
    func collinear() throws {
        let partial = try #require(try ReferenceValues.load().partials.first { $0.name == "the same covariate twice" })
        let once = correlate(
            Variable("x", partial.x), Variable("y", partial.y), given: [Variable("dead", partial.covariates[0])])
        let twice = correlate(
            Variable("x", partial.x), Variable("y", partial.y),
            given: [Variable("dead", partial.covariates[0]), Variable("again", partial.covariates[1])])
        #expect(once.remark == nil)
        #expect(
            twice.reason
                == "2 covariates (dead, again) count as 1: the rest is constant or a linear function of others.")
        #expect(abs(try #require(once.estimate) - #require(twice.estimate)) < 1e-13)
        #expect(abs(try #require(once.pValue) - #require(twice.pValue)) < 1e-12)
    }

    @Test("A variable that the covariates determine has nothing left to correlate")
    func determined() {
        let x = Variable("x", [1, 2, 3, 4, 5, 6])
        let y = Variable("y", [2, 1, 4, 3, 6, 5])
        let cube = Variable("cube", x.values.map { $0 * $0 * $0 })
        #expect(correlate(x, y, given: [cube]).outcome == .failure(.determined(variable: "x", covariates: ["cube"])))
        #expect(correlate(y, x, given: [y]).outcome == .failure(.determined(variable: "y", covariates: ["y"])))
        #expect(correlate(x, y, method: .pearson, given: [cube]).estimate != nil)
    }

    @Test("Each covariate needs a row more")
    func rows() {
        let covariates = variables([[1, 3, 2, 4], [2, 2, 1, 5]])
        let correlation = correlate(Variable("x", [1, 2, 3, 4]), Variable("y", [4, 1, 2, 3]), given: covariates)
        #expect(correlation.outcome == .failure(.tooFewRows(4, least: 5)))
    }

    @Test("A partial tau is refused with a reason")
    func kendall() {
        let x = Variable("x", [1, 2, 3, 4, 5])
        let correlation = correlate(x, x, method: .kendall, given: [x])
        #expect(correlation.outcome == .failure(.notPartial(.kendall)))
        #expect(correlation.reason?.contains("kendall") == true)
    }
}
