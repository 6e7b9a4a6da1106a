import Foundation
import Statistics
import Testing

@Suite struct RandomEffectsTests {
    private func studies(_ rho: [Double], _ n: [Int]) -> [StudyCorrelation] {
        zip(rho, n).enumerated().map { StudyCorrelation("study \($0 + 1)", value: $1.0, count: $1.1) }
    }

    @Test(
        "Pooled correlations agree with statsmodels' combine_effects",
        arguments: try JudgementValues.load().randomEffects)
    func reference(meta: JudgementValues.Meta) throws {
        let found = try randomEffects(studies(meta.rho, meta.n)).get()
        #expect(found.count == meta.rho.count)
        #expect(abs(found.q - meta.q) <= 1e-11 * meta.q)
        #expect(abs(found.heterogeneityPValue - meta.qP) <= 1e-10 * meta.qP + 1e-300)
        #expect(abs(found.iSquared - meta.iSquared) < 1e-12)
        for (pooled, expected) in [(found.pauleMandel, meta.pauleMandel)] {
            #expect(abs(pooled.tauSquared - expected.tauSquared) < 1e-11)
            #expect(abs(pooled.mean - expected.mean) < 1e-11)
            #expect(abs(pooled.standardError - expected.standardError) < 1e-11)
            #expect(abs(pooled.hartungKnappError - expected.hartungKnapp) < 1e-11)
            let interval = try #require(pooled.interval)
            // statsmodels has Hartung and Knapp's own error, whichever is larger.
            let stretch = max(expected.standardError / expected.hartungKnapp, 1)
            func stretched(_ bound: Double) -> Double {
                tanh(atanh(expected.mean) + stretch * (atanh(bound) - atanh(expected.mean)))
            }
            #expect(abs(interval.lower - stretched(expected.lower)) < 1e-10)
            #expect(abs(interval.upper - stretched(expected.upper)) < 1e-10)
            if stretch == 1 {
                #expect(abs(try #require(pooled.pValue) - expected.p) <= 1e-10)
            } else {
                #expect(try #require(pooled.pValue) > expected.p)
            }
            #expect((pooled.predictionInterval == nil) == (expected.predictionLower == nil))
            if let prediction = pooled.predictionInterval {
                #expect(abs(prediction.lower - (try #require(expected.predictionLower))) < 1e-10)
                #expect(abs(prediction.upper - (try #require(expected.predictionUpper))) < 1e-10)
            }
        }
        #expect((found.reason == nil) == (meta.rho.count > 2))
    }

    @Test("Simulated repetitions give back mean and spread, and the intervals cover about as often as they say")
    func simulation() throws {
        // 15 repetitions of true z 0.4 ± 0.2, each from 60 rows by r's variance.
        var numbers = SeededNumbers(seed: 71)
        let populations = 1000
        var (covered, predicted, tauSquared) = (0, 0, 0.0)
        for _ in 0..<populations {
            let found = try randomEffects(
                (0..<15).map { _ in
                    let z = 0.4 + 0.2 * numbers.normal() + numbers.normal() / 57.0.squareRoot()
                    return StudyCorrelation("subset", value: tanh(z), count: 60)
                }, method: .pearson
            ).get().pauleMandel
            let interval = try #require(found.interval)
            let prediction = try #require(found.predictionInterval)
            covered += interval.lower <= tanh(0.4) && tanh(0.4) <= interval.upper ? 1 : 0
            let next = tanh(0.4 + 0.2 * numbers.normal())
            predicted += prediction.lower <= next && next <= prediction.upper ? 1 : 0
            tauSquared += found.tauSquared
        }
        // Three standard errors of a share of 0.95 are 0.021.
        #expect(abs(Double(covered) / Double(populations) - 0.95) < 0.022)
        // The prediction interval is known to cover a little less than it says (Partlett and Riley, 2017).
        #expect(Double(predicted) / Double(populations) > 0.89 && Double(predicted) / Double(populations) < 0.97)
        #expect(abs(tauSquared / Double(populations) - 0.04) < 0.004)
    }

    @Test("Equal repetitions have no heterogeneity and no interval of the mean, and the reason says so")
    func equal() throws {
        let found = try randomEffects(studies([0.3, 0.3, 0.3], [50, 100, 20])).get()
        #expect(found.q == 0 && found.iSquared == 0 && found.heterogeneityPValue == 1)
        #expect(found.pauleMandel.tauSquared == 0 && abs(found.pauleMandel.mean - 0.3) < 1e-15)
        #expect(found.pauleMandel.interval == nil && found.pauleMandel.pValue == nil)
        #expect(found.pauleMandel.predictionInterval != nil)
        #expect(found.reason?.hasPrefix("All repetitions have the same correlation") == true)
    }

    @Test("Turning every sign round turns the mean and its intervals round")
    func mirrored() throws {
        let (rho, n) = ([0.5, 0.1, -0.2, 0.4], [40, 60, 30, 100])
        let one = try randomEffects(studies(rho, n)).get()
        let other = try randomEffects(studies(rho.map { -$0 }, n)).get()
        #expect(abs(one.pauleMandel.mean + other.pauleMandel.mean) < 1e-15 && abs(one.q - other.q) < 1e-12)
        #expect(
            abs(try #require(one.pauleMandel.interval).lower + (try #require(other.pauleMandel.interval).upper)) < 1e-14
        )
    }

    @Test("The variance of z is that of the coefficient's own interval", arguments: CorrelationMethod.allCases)
    func variances(method: CorrelationMethod) throws {
        // With two repetitions of equal size and opposite sign the standard error is √(v/2 + tau²/2), Q = 2 z²/v.
        let found = try randomEffects(studies([0.5, -0.5], [30, 30]), method: method).get()
        let v =
            switch method {
            case .pearson: 1 / 27.0
            case .spearman: 1.125 / 27
            case .kendall: 0.437 / 26
            }
        #expect(abs(found.q - 2 * atanh(0.5) * atanh(0.5) / v) < 1e-11)
        #expect(abs(found.pauleMandel.tauSquared - (2 * atanh(0.5) * atanh(0.5) - v)) < 1e-12)
    }

    @Test("Repetitions that cannot be pooled say why")
    func undefined() {
        func reason(_ rho: [Double], _ n: [Int]) -> UndefinedMetaAnalysis? {
            if case .failure(let reason) = randomEffects(studies(rho, n)) { reason } else { nil }
        }
        #expect(reason([], []) == .tooFewStudies(0))
        #expect(reason([0.5], [100]) == .tooFewStudies(1))
        #expect(reason([0.5, 1], [100, 100]) == .noFisherZ("study 2"))
        #expect(reason([.nan, 0.5], [100, 100]) == .noFisherZ("study 1"))
        #expect(reason([0.5, 0.2], [100, 3]) == .tooFewRows("study 2", 3))
        #expect("\(UndefinedMetaAnalysis.tooFewStudies(1))" == "There is 1 repetition, fewer than the 2 it takes.")
    }
}
