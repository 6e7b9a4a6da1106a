/// The score of a measure in the manner of the competition Predicting Generalization in Deep Learning (Jiang et al.,
/// arXiv 2012.07976): 100 times the least normalised conditional mutual information.
///
/// What differs from `conditionalMutualInformation` as Jiang et al. (arXiv 1912.02178) have it:
/// - the target is the generalization gap, training accuracy less test accuracy, never the test accuracy alone;
/// - it is given in percent;
/// - it scores one task (an architecture family on a data set); the competition averages the scores of several.
///
/// What the paper leaves open and is taken over from the other one, not checked against the competition's program: sets
/// of at most two hyperparameters, with the empty and single ones among them; settings weighted by their pairs; tied
/// pairs left out.
public struct PGDLScore: Sendable, Hashable {
    /// In 0...100.
    public let score: Double
    public let information: ConditionalMutualInformation
}

/// Scores one task. Accuracies are shares, one a model.
///
/// - Throws: for fewer than two models, a value that is not finite, and a measure or gap that is the same for all.
/// - Precondition: columns and axes have one value a model.
/// - Complexity: that of `conditionalMutualInformation`.
public func pgdlScore(
    _ measure: Variable, trainAccuracy: [Double], testAccuracy: [Double], axes: [ConfiguredModels.Axis]
) throws(UndefinedCorrelation) -> PGDLScore {
    precondition(trainAccuracy.count == testAccuracy.count, "accuracies differ in length")
    return try pgdlScore(measure, gap: zip(trainAccuracy, testAccuracy).map { $0 - $1 }, axes: axes)
}

/// The same of gaps that were measured as such: training accuracy less test accuracy, one a model.
public func pgdlScore(
    _ measure: Variable, gap: [Double], axes: [ConfiguredModels.Axis]
) throws(UndefinedCorrelation) -> PGDLScore {
    // Rounded to 2⁻⁴⁰, far below one example: 0.9 - 0.8 and 0.8 - 0.7 differ in the last bit, but are a tie.
    let gap = Variable("generalization gap", gap.map { ($0 * 0x1p40).rounded() * 0x1p-40 })
    let information = conditionalMutualInformation(try ConfiguredModels(measure: measure, target: gap, axes: axes))
    // Where neither column is constant some pair is tied in neither, so the empty set at least has a value.
    return PGDLScore(score: 100 * (information.value ?? 0), information: information)
}
