import Statistics
import Testing

@Suite struct PowerTests {
    @Test("The size found in four of five populations is 2.80 standard errors of z")
    func textbook() throws {
        // tanh(2.8015850 / √97) and tanh(2.8015850 √(1.06/97)), with 2.8015850 = 1.9599640 + 0.8416212.
        #expect(abs(try #require(detectableCorrelation(count: 100, method: .pearson)) - 0.2770259) < 1e-6)
        #expect(abs(try #require(detectableCorrelation(count: 100)) - 0.2847717) < 1e-6)
        // Hulley and others, Designing Clinical Research, appendix 6C.
        #expect(countNeeded(for: 0.3, method: .pearson) == 85)
    }

    @Test("Power, size and number of rows are one relation read three ways", arguments: CorrelationMethod.allCases)
    func inverses(method: CorrelationMethod) throws {
        for (count, covariates, tests, wanted) in [
            (10, 0, 1, 0.8), (50, 3, 20, 0.5), (2000, 1, 3, 0.95), (8, 3, 1, 0.9),
        ] {
            let rho = try #require(
                detectableCorrelation(
                    count: count, covariates: covariates, method: method, power: wanted, tests: tests))
            func found(_ rows: Int) -> Double? {
                power(of: -rho, count: rows, covariates: covariates, method: method, tests: tests)
            }
            #expect(abs(try #require(found(count)) - wanted) < 1e-9)
            // A little less than what is needed with `count` rows takes one more, a little more does not.
            func needed(_ rho: Double) -> Int? {
                countNeeded(for: rho, covariates: covariates, method: method, power: wanted, tests: tests)
            }
            #expect(needed(rho * (1 + 1e-9)) == count)
            #expect(needed(rho * (1 - 1e-9)) == count + 1)
        }
    }

    @Test("More tests and more covariates take a larger correlation")
    func corrections() throws {
        let plain = try #require(detectableCorrelation(count: 50))
        #expect(try #require(detectableCorrelation(count: 50, tests: 10)) > plain)
        #expect(detectableCorrelation(count: 50, tests: 10) == detectableCorrelation(count: 50, level: 0.005))
        #expect(detectableCorrelation(count: 53, covariates: 3) == plain)
    }

    @Test("The share of simulated populations in which Spearman's test finds the size is the power that was asked for")
    func simulation() throws {
        let count = 40
        let rho = try #require(detectableCorrelation(count: count, power: 0.8))
        // The product-moment correlation of normal columns whose rank correlation is rho (Pearson, 1907).
        let r = pearsonOfNormal(spearman: rho)
        var numbers = SeededNumbers(seed: 11)
        let populations = 2000
        var found = 0
        for _ in 0..<populations {
            let x = numbers.normals(count)
            let y = x.map { r * $0 + (1 - r * r).squareRoot() * numbers.normal() }
            let p = try #require(correlate(Variable("x", x), Variable("y", y)).pValue)
            found += p < 0.05 ? 1 : 0
        }
        // Three standard errors of the share are 0.027; normal theory itself is off by about 0.02.
        #expect(abs(Double(found) / Double(populations) - 0.8) < 0.045)
    }

    @Test("Too few rows detect nothing, and no number of rows shows a correlation of zero")
    func limits() {
        #expect(detectableCorrelation(count: 3) == nil)
        #expect(detectableCorrelation(count: 4) != nil)
        #expect(detectableCorrelation(count: 4, method: .kendall) == nil)
        #expect(power(of: 0.5, count: 7, covariates: 4) == nil)
        #expect(countNeeded(for: 0) == nil)
        #expect(countNeeded(for: 1e-12) == nil)
        #expect(countNeeded(for: 1) == 4)
        #expect(power(of: 1, count: 4) == 1)
        #expect(abs((power(of: 0, count: 50) ?? 0) - 0.025) < 1e-12)
    }
}
