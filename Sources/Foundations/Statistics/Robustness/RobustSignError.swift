import CGSL

/// How often a measure and a target change in unlike directions when one hyperparameter changes, environment by
/// environment (Dziugaite et al., arXiv 2010.11924).
///
/// An environment is one hyperparameter going between two values while all others stay; its pairs are those of a repeat
/// (seed) at the one value and a repeat at the other. Its sign error is ½ E[1 - sgn(Δ measure) sgn(Δ target)]: 0 if the
/// measure is always right, 1 if always wrong, ½ for chance; a tie in either counts ½. A theory that holds has a small
/// error in every environment, so the worst one is the paper's robust sign error; here the whole distribution is kept.
///
/// Limits: the error of an environment of few pairs is coarse, and the largest of many is large by chance. The paper
/// also discounts differences that may be Monte Carlo noise; here none is, and `leastPairs` leaves small environments
/// out.
public struct RobustSignError: Sendable, Hashable {
    public struct Environment: Sendable, Hashable {
        /// The hyperparameter that changes, and its two values in the order in which they first occur among the models.
        public let axis: String
        public let from: String
        public let to: String
        /// The values of the other hyperparameters, in the order of the axes.
        public let others: [String]
        /// In 0...1.
        public let error: Double
        public let pairs: Int
        /// Pairs tied in measure or target, each counting ½.
        public let tied: Int
    }

    /// By hyperparameter, in the order of the axes.
    public let environments: [Environment]
    /// Environments left out for having fewer pairs than asked for.
    public let leftOut: Int
    /// The errors of all environments, ascending.
    public let errors: [Double]
    /// Each environment with the same weight.
    public let mean: Double
    /// The first of those with the largest error.
    public let worst: Environment

    /// The error that a share of the environments does not exceed, interpolated linearly as NumPy does.
    /// - Precondition: a share in 0...1.
    public func quantile(_ share: Double) -> Double {
        precondition((0...1).contains(share), "a quantile of \(share)")
        return gsl_stats_quantile_from_sorted_data(errors, 1, errors.count, share)
    }
}

/// Which way the target goes as the measure grows, as a theory predicts.
public enum ExpectedSign: Int, Sendable, Codable {
    case positive = 1
    case negative = -1
}

/// Sign errors of `models` over all environments of at least `leastPairs` pairs.
///
/// - Parameter expectedSign: with `.negative` an environment in which measure and target go opposite ways has error 0.
/// - Returns: the distribution, or that there is no environment; never NaN.
/// - Precondition: `leastPairs` is at least 1.
/// - Complexity: O(axes · n log n) for each value that an axis has.
public func robustSignError(
    _ models: ConfiguredModels, expectedSign: ExpectedSign = .positive, leastPairs: Int = 1
) -> Result<RobustSignError, UndefinedSignError> {
    precondition(leastPairs >= 1, "environments of \(leastPairs) pairs")
    var environments: [RobustSignError.Environment] = []
    var leftOut = 0
    for axis in models.axes.indices {
        let otherAxes = models.axes.indices.filter { $0 != axis }
        for setting in models.groups(sharing: otherAxes) where setting.count > 1 {
            let values = models.split(setting, by: axis).sorted {
                models.codes[axis][$0[0]] < models.codes[axis][$1[0]]
            }
            let others = otherAxes.map { models.axes[$0].labels[setting[0]] }
            for (position, to) in values.enumerated() {
                for from in values[..<position] {
                    guard from.count * to.count >= leastPairs else {
                        leftOut += 1
                        continue
                    }
                    let agreement = PairAgreement(between: from, to, models.places)
                    let wrong = expectedSign == .positive ? agreement.discordant : agreement.concordant
                    environments.append(
                        RobustSignError.Environment(
                            axis: models.axes[axis].name, from: models.axes[axis].labels[from[0]],
                            to: models.axes[axis].labels[to[0]], others: others,
                            error: Double(2 * wrong + agreement.tied) / Double(2 * agreement.pairs),
                            pairs: agreement.pairs,
                            tied: agreement.tied))
                }
            }
        }
    }
    guard var worst = environments.first else {
        return .failure(.noEnvironment(leastPairs: leastPairs, smaller: leftOut))
    }
    for environment in environments where environment.error > worst.error { worst = environment }
    let errors = environments.map(\.error).sorted()
    return .success(
        RobustSignError(
            environments: environments, leftOut: leftOut, errors: errors, mean: gsl_stats_mean(errors, 1, errors.count),
            worst: worst))
}

/// Why there is no sign error; the description is a sentence for a report.
public enum UndefinedSignError: Error, Sendable, Hashable, CustomStringConvertible {
    /// `smaller` environments have too few pairs.
    case noEnvironment(leastPairs: Int, smaller: Int)

    public var description: String {
        switch self {
        case .noEnvironment(_, 0):
            "No two models differ in one hyperparameter alone."
        case .noEnvironment(let leastPairs, let smaller):
            "None of the \(smaller) environments (one hyperparameter changes, all others stay) has \(leastPairs) pairs "
                + "of models."
        }
    }
}
