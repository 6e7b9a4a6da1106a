import Foundation
import Statistics
import Testing

/// What has no unit is the same in every unit, from the least numbers to the greatest.
@Suite struct ScaleTests {
    static let columns: [[Double]] = {
        var numbers = SeededNumbers(seed: 12)
        let x = numbers.normals(60)
        let z = numbers.normals(60)
        let y = zip(x, z).map { 0.6 * $0 + 0.5 * $1 + 0.5 * numbers.normal() }
        return [x, y, z]
    }()

    /// Powers of two, which round nothing: what comes out must not differ in a bit.
    static let exponents = [-1000, -700, -512, -300, 300, 512, 700, 1015]

    private func variable(_ index: Int, _ exponent: Int) -> Variable {
        Variable("v\(index)", Self.columns[index].map { Double(sign: .plus, exponent: exponent, significand: $0) })
    }

    @Test("Correlations, partial ones, their intervals and tests", arguments: exponents)
    func correlations(exponent: Int) throws {
        let bootstrap = Bootstrap(seed: 3, resamples: 100)
        let permutation = Permutation(seed: 4, permutations: 99)
        for method in CorrelationMethod.allCases {
            for other in [0, -exponent / 2] {
                let plain = correlate(variable(0, 0), variable(1, 0), method: method, bootstrap: bootstrap)
                let (x, y) = (variable(0, exponent), variable(1, other))
                #expect(correlate(x, y, method: method, bootstrap: bootstrap) == plain)
                #expect(plain.estimate != nil && plain.bootstrap?.bounds != nil)
                let test = permutationTest(variable(0, 0), variable(1, 0), method: method, permutation)
                #expect(permutationTest(x, y, method: method, permutation) == test)
                if method == .kendall { continue }
                let given = correlate(
                    variable(0, 0), variable(1, 0), method: method, given: [variable(2, 0)], bootstrap: bootstrap)
                let same = correlate(x, y, method: method, given: [variable(2, exponent)], bootstrap: bootstrap)
                #expect(abs(try #require(same.estimate) - #require(given.estimate)) < 1e-14)
                #expect(
                    abs(try #require(same.bootstrap?.bounds?.lower) - #require(given.bootstrap?.bounds?.lower)) < 1e-14)
                let change = try disagreementTest(
                    variable(0, 0), variable(1, 0), given: [variable(2, 0)], method: method, permutation
                ).get()
                let sameChange = try disagreementTest(
                    x, y, given: [variable(2, exponent)], method: method, permutation
                ).get()
                #expect(sameChange.pValue == change.pValue)
            }
        }
    }

    @Test("Welch's test, the gain of a measure, and its reliability", arguments: exponents)
    func others(exponent: Int) throws {
        let plain = try welchTest(Self.columns[0], Self.columns[1].map { $0 + 1 }).get()
        func inUnit(_ values: [Double]) -> [Double] {
            values.map { Double(sign: .plus, exponent: exponent, significand: $0) }
        }
        let found = try welchTest(inUnit(Self.columns[0]), inUnit(Self.columns[1].map { $0 + 1 })).get()
        #expect(found.t == plain.t && found.pValue == plain.pValue && found.degreesOfFreedom == plain.degreesOfFreedom)
        #expect([found.difference] == inUnit([plain.difference]))
        #expect([found.interval.lower, found.interval.upper] == inUnit([plain.interval.lower, plain.interval.upper]))

        for ranked in [true, false] {
            func gain(_ exponent: Int) throws -> CrossFittedGain {
                try crossFittedGain(
                    of: variable(0, exponent), beyond: [variable(2, exponent)], target: variable(1, exponent),
                    ranked: ranked, crossFitting: CrossFitting(seed: 5, repeats: 2)
                ).get()
            }
            #expect(try gain(exponent) == gain(0))
        }
        let errors = Self.columns[0].map { _ in 0.3 }
        let exact = try reliability(of: variable(0, 0), standardErrors: errors).get()
        let same = try reliability(of: variable(0, exponent), standardErrors: inUnit(errors)).get()
        #expect(same.value == exact.value && same.standardError == exact.standardError)
    }

    @Test("Numbers of both ends of the range in one column give a number or a reason, never NaN or ±1 by overflow")
    func bothEnds() throws {
        let most = Double.greatestFiniteMagnitude
        let tiny = Double.leastNonzeroMagnitude
        let columns = [
            [most, -most, 0, 1], [most, most / 2, most / 3, most / 5], [1e308, 1.7e308, 1.3e308, 1.1e308],
            [tiny, 2 * tiny, 5 * tiny, 3 * tiny], [tiny, 1, most, 3], [-most, -tiny, tiny, most],
            [1e-300, 3e-300, 2e-300, 0],
        ]
        for x in columns {
            for y in columns {
                for method in CorrelationMethod.allCases {
                    let found = try correlate(Variable("x", x), Variable("y", y), method: method).outcome.get()
                    #expect((-1...1).contains(found.value) && found.pValue > 0 && found.pValue <= 1)
                    #expect(found.interval.map { $0.lower < $0.upper } ?? true)
                }
            }
        }
        // The greatest of one is the least of the other: no line.
        let r = correlate(
            Variable("x", columns[2]), Variable("y", [1.1e308, 1.3e308, 1.7e308, 1e308]), method: .pearson)
        let expected = correlate(
            Variable("x", [1, 1.7, 1.3, 1.1]), Variable("y", [1.1, 1.3, 1.7, 1]), method: .pearson)
        #expect(abs(try #require(r.estimate) - #require(expected.estimate)) < 1e-12)
        #expect(mean(of: [most, most, most]) == most && mean(of: [most, -most]) == 0 && mean(of: []) == nil)
        #expect(standardDeviation(of: [1e300, 2e300, 3e300]) == 1e300)
        #expect(standardDeviation(of: [1e-300, 2e-300, 3e-300]).map { abs($0 / 1e-300 - 1) < 1e-14 } == true)
    }
}
