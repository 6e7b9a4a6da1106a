import Statistics
import Testing

@Suite struct SemiPartialCorrelationTests {
    @Test(
        "Semi-partial correlations agree with statsmodels' residuals, their p values with its regression",
        arguments: try ResamplingValues.load().semiPartials)
    func reference(example: ResamplingValues.SemiPartial) throws {
        let x = Variable("x", example.x), y = Variable("y", example.y), given = variables(example.covariates)
        for (method, expected) in [(CorrelationMethod.spearman, example.spearman), (.pearson, example.pearson)] {
            for (removal, value) in [(CovariateRemoval.x, expected.x), (.y, expected.y)] {
                let correlation = correlate(x, y, method: method, given: given, removedFrom: removal)
                let estimate = try correlation.outcome.get()
                #expect(abs(estimate.value - value) <= 1e-12)
                #expect(abs(estimate.pValue - expected.p) <= 1e-10 * expected.p)
                #expect(correlation.removal == removal && estimate.interval == nil)
            }
        }
    }

    @Test("Without covariates there is nothing to remove, on either side", arguments: CovariateRemoval.allCases)
    func plain(removal: CovariateRemoval) throws {
        let example = try #require(try ResamplingValues.load().semiPartials.first)
        let x = Variable("x", example.x), y = Variable("y", example.y)
        #expect(correlate(x, y, removedFrom: removal).outcome == correlate(x, y).outcome)
    }

    @Test("Its bootstrap correlates the drawn rows in the same way", arguments: [CovariateRemoval.x, .y])
    func bootstrap(removal: CovariateRemoval) throws {
        let example = try #require(try ResamplingValues.load().semiPartials.last)
        let x = Variable("x", example.x), y = Variable("y", example.y), given = variables(example.covariates)
        let correlation = correlate(
            x, y, given: given, removedFrom: removal, bootstrap: Bootstrap(seed: 1, resamples: 200, level: 0.9))
        let bounds = try #require(correlation.bootstrap?.bounds)

        var rows = RandomRows(seed: 1)
        var drawn = [Int32](repeating: 0, count: x.values.count)
        var values: [Double] = []
        for _ in 0..<200 {
            rows.draw(below: drawn.count, into: &drawn)
            func resampled(_ variable: Variable) -> Variable {
                Variable(variable.name, drawn.map { variable.values[Int($0)] })
            }
            values.append(
                try #require(
                    correlate(
                        resampled(x), resampled(y), given: given.map(resampled), removedFrom: removal
                    ).estimate))
        }
        values.sort()
        // The 0.05 and 0.95 quantiles of 200 values, interpolated: 9.95 and 189.05.
        #expect(abs(bounds.lower - (0.05 * values[9] + 0.95 * values[10])) < 1e-12)
        #expect(abs(bounds.upper - (0.95 * values[189] + 0.05 * values[190])) < 1e-12)
    }
}
