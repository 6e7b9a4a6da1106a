import Statistics
import Testing

@Suite struct DisagreementTests {
    @Test(
        "The same orders of the covariates' rows, fitted anew by least squares, give the same p value",
        arguments: try ResamplingValues.load().disagreements)
    func reference(example: ResamplingValues.Disagreement) throws {
        let x = Variable("x", example.x), y = Variable("y", example.y)
        let test = try disagreementTest(
            x, y, given: variables(example.covariates), method: example.method,
            Permutation(seed: try #require(UInt64(example.seed)), permutations: example.permutations)
        ).get()
        #expect(abs(test.raw - example.raw) < 1e-12)
        #expect(abs(test.partial - example.partial) < 1e-12)
        #expect(abs(test.difference - (example.partial - example.raw)) < 1e-12)
        #expect(test.pValue == example.p)
        // The two numbers are those that `correlate` gives.
        #expect(test.raw == correlate(x, y, method: example.method).estimate)
        #expect(
            test.partial
                == correlate(x, y, method: example.method, given: variables(example.covariates)).estimate)
    }

    @Test("For covariates that have nothing to do with a correlation, p values are uniform")
    func uniform() throws {
        var columns = MadeUpColumns(seed: 21)
        var tenths = [Int](repeating: 0, count: 10)
        for _ in 0..<600 {
            let x = columns.column(25)
            let y = zip(x, columns.column(25)).map { $0 + $1 }
            let test = try disagreementTest(
                Variable("x", x), Variable("y", y), given: variables([columns.column(25), columns.column(25)]),
                Permutation(seed: 22, permutations: 99)
            ).get()
            tenths[Int((test.pValue * 100).rounded() - 1) / 10] += 1
        }
        let chiSquared = tenths.reduce(0.0) { $0 + Double(($1 - 60) * ($1 - 60)) / 60 }
        // The 0.999 quantile on 9 degrees of freedom.
        #expect(chiSquared < 27.9, "\(tenths)")
    }

    @Test("What cannot be compared gives a sentence")
    func undefined() {
        let x = Variable("x", [1, 2, 3, 4, 5, 6]), y = Variable("y", [2, 1, 4, 3, 6, 5])
        let flat = Variable("depth", [3, 3, 3, 3, 3, 3])
        let permutation = Permutation(seed: 1, permutations: 9)
        #expect(disagreementTest(x, y, given: [], permutation) == .failure(.nothingHeldFixed(covariates: [])))
        #expect(
            disagreementTest(x, y, given: [flat], permutation) == .failure(.nothingHeldFixed(covariates: ["depth"])))
        #expect(disagreementTest(x, y, given: [flat], method: .kendall, permutation) == .failure(.notPartial(.kendall)))
        #expect(
            disagreementTest(x, y, given: [y], permutation)
                == .failure(.determined(variable: "y", covariates: ["y"])))
        #expect(disagreementTest(x, flat, given: [y], permutation) == .failure(.constant(variable: "depth")))
        #expect(
            UndefinedCorrelation.nothingHeldFixed(covariates: ["depth"]).description
                == "Nothing is held fixed: constant in every row: depth.")
    }
}
