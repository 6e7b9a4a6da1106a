import Glibc

/// How strong a variable that was not measured would have to be to undo a regression's coefficient (Cinelli and
/// Hazlett, Making Sense of Sensitivity, Journal of the Royal Statistical Society B 82, 2020, section 4).
///
/// Strengths are partial R²: shares of the variance that the other columns leave, in 0...1. The coefficient is that of
/// a treatment D in the least squares of an outcome Y on D and covariates X; the variable left out is Z.
public struct RobustnessValue: Sendable, Hashable {
    /// R²(Y~D|X) = t²/(t² + df): what the treatment explains of the outcome's residual variance, and what a Z that
    /// explained the whole rest of the outcome would have to explain of the treatment's to undo the coefficient.
    public let partialR2: Double
    /// Cohen's f² = R²/(1 - R²) = t²/df.
    public let partialF2: Double
    /// RV_q: a Z that explains this share of the residual variance of both the treatment and the outcome can take
    /// the share q of the coefficient away; none that explains less of both can.
    public let value: Double
    /// RV_{q,alpha}: the same for leaving a coefficient that is not told from the reduced one at `level`; 0 where it is
    /// not told from it as it is.
    public let valueAtLevel: Double
    /// The share q of the coefficient that is to be taken away.
    public let reduction: Double
    /// 1 - alpha.
    public let level: Double
}

/// The robustness value of a coefficient from its t statistic and residual degrees of freedom.
///
/// With f = q |t|/√df, g = f - f* and f* the critical |t| on df - 1 degrees of freedom over √(df - 1): RV_q is
/// (√(f⁴ + 4 f²) - f²)/2, and RV_{q,alpha} the same of g; 0 for g ≤ 0; and (f² - f*²)/(1 + f²) for f > 1/f*, where a Z
/// does most harm that explains less of the outcome than of the treatment.
///
/// - Parameters:
///   - degreesOfFreedom: of the residuals, without Z.
///   - reduction: 1 for a coefficient of zero, ½ for half of it.
/// - Returns: the values, or why there are none; never NaN.
/// - Precondition: a level between 0 and 1, a positive reduction.
/// - Complexity: O(1).
public func robustnessValue(
    t: Double, degreesOfFreedom: Int, reduction: Double = 1, level: Double = 0.95
) -> Result<RobustnessValue, UndefinedSensitivity> {
    precondition(level > 0 && level < 1, "a test at \(level)")
    precondition(reduction > 0 && reduction.isFinite, "a reduction by \(reduction)")
    if let undefined = UndefinedSensitivity(t: t, degreesOfFreedom: degreesOfFreedom) { return .failure(undefined) }
    let df = Double(degreesOfFreedom)
    let plain = abs(t) / df.squareRoot()
    let f = reduction * plain
    let critical = criticalF(degreesOfFreedom: degreesOfFreedom, level: level)
    let atLevel =
        f <= critical ? 0 : f * critical > 1 ? (1 - square(critical / f)) / (1 + 1 / (f * f)) : bothShares(f - critical)
    return .success(
        RobustnessValue(
            partialR2: shareOfF(plain), partialF2: plain * plain, value: bothShares(f), valueAtLevel: atLevel,
            reduction: reduction, level: level))
}

/// (√(f⁴ + 4 f²) - f²)/2, in a form that neither cancels nor overflows.
private func bothShares(_ f: Double) -> Double { 2 / (1 + (1 + square(2 / f)).squareRoot()) }

/// f²/(1 + f²).
private func shareOfF(_ f: Double) -> Double { 1 / (1 + square(1 / f)) }

/// The critical |t| over the root of the degrees of freedom that are left when Z takes one.
func criticalF(degreesOfFreedom: Int, level: Double) -> Double {
    let left = Double(degreesOfFreedom - 1)
    return studentQuantile(level: level, degreesOfFreedom: left) / left.squareRoot()
}

func square(_ value: Double) -> Double { value * value }

/// Why nothing is said of a variable that was not measured; the description is a sentence for a report.
public enum UndefinedSensitivity: Error, Sendable, Hashable, CustomStringConvertible {
    /// The variable takes one, and one has to be left.
    case tooFewDegreesOfFreedom(Int)
    /// What it is.
    case notFinite(String)
    /// Its name and value: no share of a variance, or one that leaves nothing.
    case noShare(String, Double)
    /// So many times the benchmark is more than there is of the treatment: it takes less than `below` times.
    case impossible(Double, below: Double)
    /// The coefficient is not told from zero as it is.
    case notSignificant
    /// The benchmark explains nothing of the treatment, so no multiple of it biases the coefficient.
    case unrelatedBenchmark

    init?(t: Double, degreesOfFreedom: Int) {
        guard degreesOfFreedom >= 2 else {
            self = .tooFewDegreesOfFreedom(degreesOfFreedom)
            return
        }
        guard t.isFinite else {
            self = .notFinite("t")
            return
        }
        return nil
    }

    public var description: String {
        switch self {
        case .tooFewDegreesOfFreedom(let count):
            "There \(count == 1 ? "is 1 degree" : "are \(count) degrees") of freedom, fewer than the 2 it takes."
        case .notFinite(let name): "\(name) is not finite."
        case .noShare(let name, let value): "\(name) is \(value), which is no share from 0 to below 1."
        case .impossible(let multiple, let below):
            "A confounder \(multiple) times as strong as the benchmark would explain more of the treatment than there "
                + "is: it takes less than \(below) times."
        case .notSignificant: "The coefficient is not told from zero as it is."
        case .unrelatedBenchmark:
            "The benchmark explains nothing of the treatment, so no multiple of it takes the coefficient away."
        }
    }
}
