import CGSL
import Glibc

/// A correlation in one repetition of a study: another training subset, another data set.
public struct StudyCorrelation: Sendable, Hashable {
    /// Used in sentences.
    public var name: String
    public var value: Double
    /// Rows less covariates held fixed.
    public var count: Int

    public init(_ name: String, value: Double, count: Int) {
        self.name = name
        self.value = value
        self.count = count
    }
}

/// A correlation over several repetitions, each with a true value of its own (random effects).
///
/// Fisher's z of each repetition is its true z with the variance v of `fisherInterval` ((1 + rho²/2)/(n - 3) for
/// ranks), and the true z are normal around a mean with variance tau². Means and intervals are turned back by tanh, so
/// the mean is the correlation of a typical repetition.
public struct RandomEffects: Sendable, Hashable {
    /// Repetitions.
    public let count: Int
    /// Cochran's Q (Biometrics 10, 1954): Σ (z - mean)²/v, about count - 1 if all true values are equal.
    public let q: Double
    /// Of Q under equal true values: chi square on count - 1 degrees of freedom.
    public let heterogeneityPValue: Double
    /// I²: the share of the spread of z that is not sampling error, max(0, 1 - (count - 1)/Q) (Higgins and Thompson,
    /// Statistics in Medicine 21, 2002); in 0..<1.
    public let iSquared: Double
    /// With tau² by Paule and Mandel (1982; DerSimonian and Kacker, Contemporary Clinical Trials 28, 2007), which
    /// supposes no distribution and is little biased where tau² is large.
    public let pauleMandel: Pooled
    /// Why an interval is missing; nil if none is.
    public let reason: String?

    /// What follows from one estimate of tau².
    public struct Pooled: Sendable, Hashable {
        /// The variance of true z, 0 or more.
        public let tauSquared: Double
        /// A correlation, in -1...1.
        public let mean: Double
        /// Of the mean z, 1/√Σ w with w = 1/(v + tau²): tau² taken as known.
        public let standardError: Double
        /// Of the mean z by Hartung and Knapp (Statistics in Medicine 20, 2001): √(Σ w (z - mean)²/((count - 1) Σ w)).
        public let hartungKnappError: Double
        /// Of the mean, Student's t on count - 1 with the larger of the two errors, so that repetitions that agree by
        /// chance do not seem surer than their rows allow (Röver, Knapp and Friede, BMC Medical Research Methodology
        /// 15, 2015); nil if the repetitions do not differ at all.
        public let interval: ConfidenceInterval?
        /// Two-sided, of a mean of zero, from the same t; nil where there is no interval.
        public let pValue: Double?
        /// Where the true correlation of another repetition lies, Student's t on count - 2 with variance tau² +
        /// standardError² (Higgins, Thompson and Spiegelhalter, JRSS A 172, 2009); nil for two repetitions. Limits: it
        /// takes tau² as known, and covers less than it says (Partlett and Riley, Statistics in Medicine 36, 2017).
        public let predictionInterval: ConfidenceInterval?
    }
}

/// Pools the correlations of repetitions that do not share networks.
///
/// - Returns: the meta-analysis, or why there is none; never NaN.
/// - Precondition: a level between 0 and 1.
/// - Complexity: O(k) a step for k repetitions, some ten steps.
public func randomEffects(
    _ studies: [StudyCorrelation], method: CorrelationMethod = .spearman, level: Double = 0.95
) -> Result<RandomEffects, UndefinedMetaAnalysis> {
    precondition(level > 0 && level < 1, "an interval at \(level)")
    guard studies.count >= 2 else { return .failure(.tooFewStudies(studies.count)) }
    var effects: [FisherZ] = []
    for study in studies {
        guard abs(study.value) <= 1, !isPerfect(study.value) else { return .failure(.noFisherZ(study.name)) }
        guard let effect = FisherZ(study.value, method: method, count: study.count, variance: .bonettWright) else {
            return .failure(.tooFewRows(study.name, study.count))
        }
        effects.append(effect)
    }

    let k = Double(effects.count)
    let fixed = weighted(effects, tauSquared: 0)
    let differ = effects.contains { $0.value != effects[0].value }
    let q = differ ? fixed.q : 0
    let reasons = [
        differ ? nil : "All repetitions have the same correlation, so their spread gives no interval of the mean.",
        effects.count > 2 ? nil : "Two repetitions give no prediction interval: it takes three.",
    ].compactMap { $0 }
    func pooled(_ tauSquared: Double) -> RandomEffects.Pooled {
        let result = weighted(effects, tauSquared: tauSquared)
        let standardError = 1 / result.weight.squareRoot()
        let hartungKnapp = differ ? (result.q / ((k - 1) * result.weight)).squareRoot() : 0
        // A few repetitions that happen to agree would otherwise seem surer than their numbers of rows allow.
        let error = max(hartungKnapp, standardError)
        func interval(_ error: Double, degreesOfFreedom: Double) -> ConfidenceInterval? {
            let reach = studentQuantile(level: level, degreesOfFreedom: degreesOfFreedom) * error
            let (lower, upper) = (tanh(result.mean - reach), tanh(result.mean + reach))
            // Near ±1 there may be no number between the two.
            return lower < upper ? ConfidenceInterval(lower: lower, upper: upper, level: level) : nil
        }
        return RandomEffects.Pooled(
            tauSquared: tauSquared, mean: tanh(result.mean), standardError: standardError,
            hartungKnappError: hartungKnapp, interval: differ ? interval(error, degreesOfFreedom: k - 1) : nil,
            pValue: differ ? studentPValue(t: result.mean / error, degreesOfFreedom: k - 1) : nil,
            predictionInterval: effects.count > 2
                ? interval((tauSquared + standardError * standardError).squareRoot(), degreesOfFreedom: k - 2) : nil)
    }
    return .success(
        RandomEffects(
            count: effects.count, q: q, heterogeneityPValue: reported(pValue: gsl_cdf_chisq_Q(q, k - 1)),
            iSquared: q > k - 1 ? 1 - (k - 1) / q : 0, pauleMandel: pooled(pauleMandelVariance(effects)),
            reason: reasons.isEmpty ? nil : reasons.joined(separator: " ")))
}

/// Sums with weights w = 1/(variance + tau²).
private struct Weighted {
    var mean: Double
    /// Σ w
    var weight: Double
    /// Σ w - Σ w²/Σ w
    var spread: Double
    /// Σ w (z - mean)²
    var q: Double
    /// -dq/dtau²: Σ w² (z - mean)²
    var slope: Double
}

private func weighted(_ effects: [FisherZ], tauSquared: Double) -> Weighted {
    let weights = effects.map { 1 / ($0.variance + tauSquared) }
    let sum = weights.reduce(0, +)
    let mean = zip(weights, effects).reduce(0) { $0 + $1.0 * $1.1.value } / sum
    var result = Weighted(
        mean: mean, weight: sum, spread: sum - weights.reduce(0) { $0 + $1 * $1 } / sum, q: 0, slope: 0)
    for (weight, effect) in zip(weights, effects) {
        let square = (effect.value - mean) * (effect.value - mean)
        result.q += weight * square
        result.slope += weight * weight * square
    }
    return result
}

/// The tau² at which Σ w (z - mean)² = k - 1; 0 if it is less than that already.
///
/// The sum falls and is convex in tau², so Newton's method from 0 climbs to the root and never beyond it.
private func pauleMandelVariance(_ effects: [FisherZ]) -> Double {
    let degrees = Double(effects.count - 1)
    var tauSquared = 0.0
    for _ in 0..<200 {
        let result = weighted(effects, tauSquared: tauSquared)
        guard result.q > degrees, result.slope > 0 else { break }
        let step = (result.q - degrees) / result.slope
        tauSquared += step
        if step <= 1e-15 * tauSquared { break }
    }
    return tauSquared
}

/// Why repetitions cannot be pooled; the description is a sentence for a report.
public enum UndefinedMetaAnalysis: Error, Sendable, Hashable, CustomStringConvertible {
    case tooFewStudies(Int)
    /// A correlation of ±1, or not a number.
    case noFisherZ(String)
    case tooFewRows(String, Int)

    public var description: String {
        switch self {
        case .tooFewStudies(let count):
            (count == 1 ? "There is 1 repetition" : "There are \(count) repetitions") + ", fewer than the 2 it takes."
        case .noFisherZ(let name):
            "\(name) has a correlation of ±1 or none, which has no finite Fisher z."
        case .tooFewRows(let name, let count):
            "\(name) has \(count == 1 ? "1 row" : "\(count) rows"), too few for the variance of Fisher's z."
        }
    }
}
