/// Kendall's coefficient of a measure and a target with one hyperparameter changing at a time (Jiang et al., arXiv
/// 1912.02178, section 2.2.2, equations 4 and 5).
///
/// A measure can follow the target over a whole grid only because both follow one hyperparameter; here each
/// hyperparameter has to be followed by itself.
public struct GranulatedKendall: Sendable, Hashable {
    /// One hyperparameter.
    public struct Axis: Sendable, Hashable {
        public let name: String
        /// The mean over settings of all other hyperparameters of tau among the models of that setting, in -1...1; nil
        /// if no two models differ in this hyperparameter alone.
        public let psi: Double?
        /// Settings of the others that enter: at least two models differ in this hyperparameter.
        public let settings: Int
        /// Settings of the others in which no two models differ in this hyperparameter.
        public let settingsWithoutPairs: Int
        /// Pairs of models that differ in this hyperparameter alone.
        public let pairs: Int
        /// Those that are tied in measure or target; each counts 0.
        public let tied: Int

        /// Why there is no psi.
        public var reason: String? {
            psi == nil ? "No two models differ in \(name) alone." : nil
        }
    }

    public let axes: [Axis]
    /// Ψ: the mean of psi over the hyperparameters that have one; nil if none has.
    public let mean: Double?
    /// Kendall's tau over all pairs of models, ties counting 0 (tau-a); in -1...1.
    public let tau: Double

    /// Why there is no Ψ, or which hyperparameters it leaves out; nil when there is nothing to say.
    public var reason: String? {
        let missing = axes.filter { $0.psi == nil }.map(\.name)
        if missing.isEmpty, !axes.isEmpty { return nil }
        return mean == nil
            ? "No two models differ in one hyperparameter alone."
            : "Left out of the mean, since no two models differ in it alone: \(missing.joined(separator: ", "))."
    }
}

/// Granulated Kendall coefficients of `models`, whose axes are the hyperparameters.
///
/// With one model a configuration this is exactly the paper's. With repeats (seeds) the pairs of a setting are those of
/// two models whose labels on the axis differ, whichever repeats they are: repeats of one configuration are never
/// compared with each other. Each setting has the same weight, as in the paper, however many pairs it has.
/// - Complexity: O(axes · n log n) for n models.
public func granulatedKendall(_ models: ConfiguredModels) -> GranulatedKendall {
    let all = PairAgreement(among: Array(0..<models.count), models.places)
    let axes = models.axes.indices.map { granulated(models, axis: $0) }
    let values = axes.compactMap(\.psi)
    return GranulatedKendall(
        axes: axes, mean: values.isEmpty ? nil : values.reduce(0, +) / Double(values.count),
        tau: Double(all.balance) / Double(all.pairs))
}

private func granulated(_ models: ConfiguredModels, axis: Int) -> GranulatedKendall.Axis {
    let settings = models.groups(sharing: models.axes.indices.filter { $0 != axis })
    var sum = 0.0
    var entered = 0
    var total = PairAgreement()
    for setting in settings {
        var agreement = PairAgreement(among: setting, models.places)
        for repeats in models.split(setting, by: axis) { agreement -= PairAgreement(among: repeats, models.places) }
        guard agreement.pairs > 0 else { continue }
        sum += Double(agreement.balance) / Double(agreement.pairs)
        entered += 1
        total += agreement
    }
    return GranulatedKendall.Axis(
        name: models.axes[axis].name, psi: entered == 0 ? nil : sum / Double(entered), settings: entered,
        settingsWithoutPairs: settings.count - entered, pairs: total.pairs, tied: total.tied)
}
