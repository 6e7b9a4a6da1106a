import Foundation
import Statistics
import Testing

/// One rule tells a column that varies from what rounding leaves of a constant, for every statistic.
@Suite struct SpreadTests {
    /// 0.1 but for its last bits, in an order of its own.
    static let noise: [Double] = (0..<40).map { 0.1 + Double($0 * 7 % 5) * 0.1.ulp }
    static let other: [Double] = (0..<40).map { Double($0 * 13 % 40) + Double($0) / 8 }
    static let third: [Double] = (0..<40).map { Double($0 * 11 % 37) }

    private let x = Variable("x", Self.noise)
    private let y = Variable("y", Self.other)
    private let z = Variable("z", Self.third)
    private let reason = UndefinedCorrelation.constantWithinRounding(variable: "x")

    @Test(
        "A column of rounding errors correlates with nothing, by whichever method",
        arguments: CorrelationMethod.allCases)
    func refused(method: CorrelationMethod) {
        #expect(correlate(x, y, method: method).outcome == .failure(reason))
        #expect(correlate(y, x, method: method).outcome == .failure(reason))
        let permutation = Permutation(seed: 1, permutations: 9)
        #expect(permutationTest(x, y, method: method, permutation) == .failure(reason))
        #expect(correlate(Variable("x", Self.noise.map { $0 * 1e250 }), y, method: method).outcome == .failure(reason))
        #expect(
            correlate(Variable("x", Self.noise.map { -$0 * 1e-250 }), y, method: method).outcome == .failure(reason))
    }

    @Test("Every other statistic refuses it too")
    func refusedByAll() {
        let permutation = Permutation(seed: 1, permutations: 9)
        #expect(disagreementTest(x, y, given: [z], permutation) == .failure(reason))
        #expect(
            crossFittedGain(of: x, beyond: [z], target: y, crossFitting: CrossFitting(seed: 1))
                == .failure(.correlation(reason)))
        #expect(compareCorrelations(x, z, with: y) == .failure(.correlation(reason)))
        #expect(reliability(of: x, standardErrors: Self.third) == .failure(.constantWithinRounding(variable: "x")))
        #expect(welchTest(Self.noise, Self.noise.map { 2 * $0 }) == .failure(.bothConstant))
        #expect(throws: reason) { _ = try ConfiguredModels(measure: x, target: y, axes: []) }
        let within = permutationTest(
            Variable("x", (0..<40).map { Double($0 % 2) + Self.noise[$0] }), y, within: (0..<40).map { $0 % 2 },
            permutation)
        #expect(within == .failure(.constantWithinBlocks(variable: "x")))
    }

    @Test(
        "As a covariate it holds nothing fixed, as a constant does", arguments: [CorrelationMethod.spearman, .pearson])
    func covariate(method: CorrelationMethod) throws {
        let bootstrap = Bootstrap(seed: 1, resamples: 50)
        let given = correlate(z, y, method: method, given: [x], bootstrap: bootstrap)
        let constant = correlate(
            z, y, method: method, given: [Variable("x", Self.noise.map { _ in 3 })], bootstrap: bootstrap)
        #expect(given == constant && given.estimate != nil)
        #expect(given.remark?.hasPrefix("Nothing was held fixed") == true)
        #expect(try given.outcome.get().degreesOfFreedom == 38)
    }

    @Test("Whole numbers vary exactly, however large, and small spreads above rounding count")
    func varying() {
        let seeds = Variable("seed", (0..<40).map { 4e15 + Double($0 * 7 % 40) })
        let close = Variable("close", (0..<40).map { 1 + 1e-11 * Double($0 * 7 % 40) })
        for method in CorrelationMethod.allCases {
            #expect(correlate(seeds, y, method: method).estimate != nil)
            #expect(correlate(close, y, method: method).estimate != nil)
        }
        #expect(correlate(seeds, y).estimate == correlate(close, y).estimate)
    }
}
