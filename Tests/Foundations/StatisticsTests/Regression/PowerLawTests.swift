import Foundation
import Statistics
import Testing

@Suite struct PowerLawTests {
    private func law(_ y: [Double], _ x: [Double]) -> Result<PowerLaw, UndefinedPowerLaw> {
        powerLaw(Variable("risk", y), over: Variable("steps", x))
    }

    @Test("An exact power has its exponent, its factor and no error", arguments: [2.0, 0.5, -1.5, 0])
    func exact(exponent: Double) throws {
        let x = [1.0, 2, 3, 7, 20, 100]
        let found = try law(x.map { 3 * Self.power($0, exponent) }, x).get()
        #expect(abs(found.exponent - exponent) < 1e-14 && found.standardError < 1e-14 && found.count == 6)
        #expect(
            abs(found.value(at: 1) - 3) < 1e-13 && abs(found.value(at: 50) / (3 * Self.power(50, exponent)) - 1) < 1e-13
        )
    }

    /// By square roots and products alone; of halves.
    private static func power(_ x: Double, _ exponent: Double) -> Double {
        let halves = Int(exponent * 2)
        let root = x.squareRoot()
        let whole = (0..<abs(halves)).reduce(1.0) { product, _ in product * root }
        return halves < 0 ? 1 / whole : whole
    }

    /// Values of SciPy in Fixtures/regression.json, written by Fixtures/make_regression_fixtures.py.
    private struct Reference: Decodable {
        struct Law: Decodable {
            var name: String
            var x, y: [Double]
            var exponent, standardError, logFactor: Double
        }

        var powerLaws: [Law]
    }

    @Test("Exponent, its error and factor are those of SciPy's regression of logarithms")
    func reference() throws {
        let file = Bundle.module.bundleURL.appending(path: "Fixtures/regression.json")
        let laws = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file)).powerLaws
        #expect(laws.count == 3)
        for wanted in laws {
            let found = try law(wanted.y, wanted.x).get()
            #expect(abs(found.exponent - wanted.exponent) <= 1e-12 * abs(wanted.exponent), "\(wanted.name)")
            #expect(abs(found.standardError - wanted.standardError) <= 1e-10 * wanted.standardError, "\(wanted.name)")
            #expect(abs(found.logFactor - wanted.logFactor) <= 1e-12 * abs(wanted.logFactor), "\(wanted.name)")
        }
    }

    @Test("Fewer than three rows, a value without a logarithm and a constant x have a sentence")
    func undefined() {
        #expect(law([1, 2], [1, 2]) == .failure(.tooFewRows(2)))
        #expect(law([1], [1]) == .failure(.tooFewRows(1)))
        #expect(law([1, 0, -1, 2], [1, 2, 3, 4]) == .failure(.noLogarithm(variable: "risk", rows: 2, of: 4)))
        #expect(law([1, 2, 3], [0, 2, 3]) == .failure(.noLogarithm(variable: "steps", rows: 1, of: 3)))
        #expect(law([1, .infinity, 3], [1, 2, 3]) == .failure(.noLogarithm(variable: "risk", rows: 1, of: 3)))
        #expect(law([1, .nan, 3], [1, 2, 3]) == .failure(.noLogarithm(variable: "risk", rows: 1, of: 3)))
        #expect(law([1, 2, 3], [5, 5, 5]) == .failure(.constant(variable: "steps")))
        #expect(
            "\(UndefinedPowerLaw.tooFewRows(1))"
                == "There is 1 complete row, fewer than the 3 that a slope with its error takes.")
        #expect(
            "\(UndefinedPowerLaw.noLogarithm(variable: "risk", rows: 2, of: 4))"
                == "risk has no logarithm in 2 of 4 rows: it is not above 0.")
    }
}
