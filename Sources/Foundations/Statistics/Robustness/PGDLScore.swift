/// The score of a measure by the rule of the NeurIPS 2020 competition Predicting Generalization in Deep Learning (Jiang
/// et al., arXiv 2012.07976), as its scoring program has it: 100 times the least normalised conditional mutual
/// information of the measure and the generalization gap over all sets of exactly two hyperparameters.
///
/// For one set, every ordered pair of models, a model with itself included, goes into the bin of the two
/// hyperparameters' values in the first model and in the second. In a bin V_g is + where the first model's gap is
/// larger, else -, and V_mu the same of the measure: a tie counts as minus. The value of the set is
/// Σ I(V_mu; V_g)/Σ H(V_g) over bins, each bin with the same weight however many pairs it has.
///
/// What differs from `conditionalMutualInformation` as Jiang et al. (arXiv 1912.02178) have it:
/// - the target is the generalization gap, training accuracy less test accuracy, never the test accuracy alone;
/// - pairs of models that differ in the two hyperparameters count, in bins of their own, in which the gap's sign is not
///   as often + as -;
/// - no smaller sets, no weights, another rule for ties;
/// - it scores one task (an architecture family on a data set); the competition averages the scores of several.
///
/// The competition's tasks had one model to each configuration of a full grid. Several, as seeds make them, go through
/// the same rule. A grid without a model for some values of two hyperparameters has an empty bin, for which the rule
/// has no answer, and no score. A set whose bins leave no gap's sign open is 0/0: it has no value and is left out,
/// where the program's guard against log 0 makes it 0.
public struct PGDLScore: Sendable, Hashable {
    /// One set of two hyperparameters.
    public struct Conditioning: Sendable, Hashable {
        public let axes: [String]
        /// In 0...1; nil where the hyperparameters of both models determine the sign of every gap.
        public let value: Double?
        /// Values of the two in a pair of models: the square of the number of their combinations.
        public let bins: Int
    }

    /// 100 times the least value, in 0...100.
    public let score: Double
    /// Sets in the order of the axes.
    public let conditionings: [Conditioning]
    /// The set with the least value, the first of equal ones.
    public let minimum: Conditioning
}

/// Scores one task. Accuracies are shares, one a model; their difference is taken as the program takes it, so that gaps
/// which are equal but for a rounding error differ.
///
/// - Returns: the score, or why there is none; never NaN.
/// - Precondition: columns and axes have one value a model.
/// - Complexity: for each two hyperparameters O(min(n², c n log n)) for n models on a grid of c combinations of the
///   two.
public func pgdlScore(
    _ measure: Variable, trainAccuracy: [Double], testAccuracy: [Double], axes: [ConfiguredModels.Axis]
) -> Result<PGDLScore, UndefinedPGDLScore> {
    precondition(trainAccuracy.count == testAccuracy.count, "accuracies differ in length")
    return pgdlScore(measure, gap: zip(trainAccuracy, testAccuracy).map { $0 - $1 }, axes: axes)
}

/// The same of gaps that were measured as such: training accuracy less test accuracy, one a model.
public func pgdlScore(
    _ measure: Variable, gap: [Double], axes: [ConfiguredModels.Axis]
) -> Result<PGDLScore, UndefinedPGDLScore> {
    let models: ConfiguredModels
    do throws(UndefinedCorrelation) {
        models = try ConfiguredModels(measure: measure, target: Variable("generalization gap", gap), axes: axes)
    } catch { return .failure(.column(error)) }
    guard axes.count >= 2 else { return .failure(.tooFewHyperparameters(axes.map(\.name))) }
    var conditionings: [PGDLScore.Conditioning] = []
    for second in axes.indices {
        for first in axes.indices.prefix(second) {
            switch conditioned(models, on: first, second) {
            case .success(let conditioning): conditionings.append(conditioning)
            case .failure(let undefined): return .failure(undefined)
            }
        }
    }
    var least: (conditioning: PGDLScore.Conditioning, value: Double)?
    for conditioning in conditionings {
        guard let value = conditioning.value, value < least?.value ?? .infinity else { continue }
        least = (conditioning, value)
    }
    guard let least else { return .failure(.nothingOpen) }
    return .success(
        PGDLScore(score: 100 * least.value, conditionings: conditionings, minimum: least.conditioning))
}

private func conditioned(
    _ models: ConfiguredModels, on first: Int, _ second: Int
) -> Result<PGDLScore.Conditioning, UndefinedPGDLScore> {
    let cells = models.groups(sharing: [first, second])
    let (rows, columns) = (models.labels[first], models.labels[second])
    guard cells.count == rows.count * columns.count else {
        let found = Set(cells.map { [models.codes[first][$0[0]], models.codes[second][$0[0]]] })
        for row in rows.indices {
            for column in columns.indices where !found.contains([row, column]) {
                return .failure(
                    .incompleteGrid([models.axes[first].name, models.axes[second].name], [rows[row], columns[column]]))
            }
        }
        preconditionFailure("\(cells.count) of \(rows.count) · \(columns.count) combinations, and none is missing")
    }
    let bins = cells.map { BinnedModels($0, models.places) }
    var (information, entropy) = (0.0, 0.0)
    // With one model a cell every bin has one pair, and nothing to tell.
    if cells.contains(where: { $0.count > 1 }) {
        for a in bins {
            for b in bins {
                let signs = BinSigns(a, b)
                information += signs.information
                entropy += signs.entropyOfTarget
            }
        }
    }
    return .success(
        PGDLScore.Conditioning(
            axes: [models.axes[first].name, models.axes[second].name],
            value: entropy > 0 ? min(max(information / entropy, 0), 1) : nil, bins: cells.count * cells.count))
}

/// Why a measure has no score; the description is a sentence for a report.
public enum UndefinedPGDLScore: Error, Sendable, Hashable, CustomStringConvertible {
    /// Of the measure or the gap.
    case column(UndefinedCorrelation)
    /// The names of those that there are.
    case tooFewHyperparameters([String])
    /// Two hyperparameters, and the values of which no model has both.
    case incompleteGrid([String], [String])
    /// The hyperparameters of two models determine the sign of every gap, whichever two hyperparameters are known.
    case nothingOpen

    public var description: String {
        switch self {
        case .column(let undefined): undefined.description
        case .tooFewHyperparameters(let names):
            "PGDL holds two hyperparameters fixed, and "
                + (names.isEmpty ? "none varies." : "\(names.joined(separator: ", ")) alone varies.")
        case .incompleteGrid(let names, let values):
            "PGDL takes a full grid, and no model has "
                + "\(zip(names, values).map { "\($0) \($1)" }.joined(separator: " and "))."
        case .nothingOpen:
            "Two hyperparameters of both models determine the sign of every gap, so no measure can tell it."
        }
    }
}
