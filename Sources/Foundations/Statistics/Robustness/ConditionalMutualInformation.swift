import Glibc

/// How much the sign of a measure's difference between two models tells of the sign of the target's, once some
/// hyperparameters are known (Jiang et al., arXiv 1912.02178, section 2.2.3, equations 6 to 8).
///
/// V_mu and V_g are those signs over pairs of models, U_S the values of the hyperparameters in S, which the models of a
/// pair share; S empty takes all pairs. The value is I(V_mu; V_g | U_S)/H(V_g | U_S), in 0...1.
///
/// The paper's sample space is all pairs of models in either order, so each sign of the target is + as often as -, and
/// H(V_g | U_S) is one bit. Of the pairs that differ in the target let p(u) be the share that lies in setting u and
/// differs in the measure, too, and c(u) the share of those that measure and target order alike: then the value is
/// Σ p(u) (1 - h(c(u))), where h is the binary entropy in bits. A measure that always points the wrong way is as
/// informative as one that always points the right way.
///
/// The paper's signs are +1 and -1 and leave ties open; here a tie enters as what it tells:
/// - A pair tied in the target has no sign that could be told: it is left out, and counted.
/// - A pair tied in the measure has one, of which the measure tells nothing: it stays with its weight in the entropy,
///   and adds nothing to the information. This is the mutual information of the target's sign with a V_mu of three
///   values, +, - and tie. So a measure that does not vary while the hyperparameters in S are fixed, as a copy of one
///   of them, has the value 0 there, and no way to a higher K.
///
/// Limits: information is estimated by plugging in shares, which is too large for settings of few pairs (one pair
/// always tells everything), by about 1/(2 ln 2 · pairs) a setting if pairs were independent.
public struct ConditionalMutualInformation: Sendable, Hashable {
    /// One set of hyperparameters.
    public struct Conditioning: Sendable, Hashable {
        /// Names of the hyperparameters in S.
        public let axes: [String]
        /// I(V_mu; V_g | U_S)/H(V_g | U_S); nil if no pair differs in the target.
        public let value: Double?
        /// Unordered pairs that share the values of S and differ in the target.
        public let pairs: Int
        /// Those of them that are tied in the measure, of which it tells nothing.
        public let tiedInMeasure: Int
        /// Pairs that share the values of S and are tied in the target, left out.
        public let tiedInTarget: Int
        /// Settings of S that have pairs which differ in the target.
        public let settings: Int

        /// Why there is no value.
        public var reason: String? {
            guard value == nil else { return nil }
            return tiedInTarget == 0
                ? "No two models share \(axes.joined(separator: ", "))."
                : "All models that share \(axes.joined(separator: ", ")) are tied in the target."
        }
    }

    /// The empty set first, then single hyperparameters, then pairs of them, and so on.
    public let conditionings: [Conditioning]
    /// The set with the least value, the first of equal ones; nil if none has a value. Its value is the paper's K.
    public let minimum: Conditioning?

    public var value: Double? { minimum?.value }
    /// Why there is no value; nil if there is one.
    public var reason: String? {
        minimum == nil
            ? "No two models differ in the target while sharing the hyperparameters held fixed." : nil
    }
}

/// Conditional mutual information of `models`, whose axes are the hyperparameters, given every set of them whose size
/// is in `sizes`: K = min over |S| ≤ 2 in the paper.
///
/// - Precondition: sizes are not negative.
/// - Complexity: O(sets · n log n) for n models, by counting the pairs of a group with a sort.
public func conditionalMutualInformation(
    _ models: ConfiguredModels, sizes: ClosedRange<Int> = 0...2
) -> ConditionalMutualInformation {
    precondition(sizes.lowerBound >= 0, "sets of \(sizes) hyperparameters")
    let conditionings = sizes.flatMap { subsets(of: models.axes.count, size: $0) }.map { conditioned(models, on: $0) }
    var minimum: ConditionalMutualInformation.Conditioning?
    for conditioning in conditionings {
        guard let value = conditioning.value else { continue }
        if minimum?.value.map({ value < $0 }) ?? true { minimum = conditioning }
    }
    return ConditionalMutualInformation(conditionings: conditionings, minimum: minimum)
}

private func conditioned(_ models: ConfiguredModels, on axes: [Int]) -> ConditionalMutualInformation.Conditioning {
    var information = 0.0
    var total = PairAgreement()
    var settings = 0
    for group in models.groups(sharing: axes) where group.count > 1 {
        let agreement = PairAgreement(among: group, models.places)
        total += agreement
        if agreement.pairs > agreement.tiedInTarget { settings += 1 }
        let ordered = agreement.concordant + agreement.discordant
        guard ordered > 0 else { continue }
        information += Double(ordered) * (1 - binaryEntropy(Double(agreement.concordant) / Double(ordered)))
    }
    let pairs = total.pairs - total.tiedInTarget
    return ConditionalMutualInformation.Conditioning(
        axes: axes.map { models.axes[$0].name }, value: pairs == 0 ? nil : max(information / Double(pairs), 0),
        pairs: pairs, tiedInMeasure: total.tiedInMeasure, tiedInTarget: total.tiedInTarget, settings: settings)
}

/// In bits.
func binaryEntropy(_ share: Double) -> Double {
    share <= 0 || share >= 1 ? 0 : -share * log2(share) - (1 - share) * log2(1 - share)
}

/// The sets of `size` numbers below `count`, in lexical order.
private func subsets(of count: Int, size: Int) -> [[Int]] {
    guard size > 0 else { return [[]] }
    guard size <= count else { return [] }
    return subsets(of: count, size: size - 1).flatMap { set in
        ((set.last ?? -1) + 1..<count).map { set + [$0] }
    }
}
