import Diagnostics
import Results

/// A column that a study's models do not have, or a property in which they do not differ.
public struct UnknownColumn: RequestError {
    public let column: String
    public let study: String
    /// Names that would do.
    public let columns: [String]
    /// Whether the regime or a hyperparameter was asked for, by whose values models are grouped.
    public let isOfGroups: Bool
    /// Why the first network failed, where all did.
    public let failure: String?
    /// What is left of what the study varies, where that is what was asked for.
    public let lost: LostVariation?

    init(_ column: String, of population: Population, known: [String], asGroups: Bool = false) {
        self.column = column
        study = population.study.name
        columns = known
        isOfGroups = asGroups
        lost = population.lost.flatMap { lost in lost.levels.contains { $0.name == column } ? lost : nil }
        failure = population.models.isEmpty ? population.failed.first?.failureReason : nil
    }

    public var description: String {
        if let failure {
            return "Every network of '\(study)' failed, so there is nothing to compute. The first: \(failure)"
        }
        if let lost { return "\(lost.description) So '\(column)' tells none apart." }
        return switch (isOfGroups, columns.isEmpty) {
        case (false, true): "No model of '\(study)' has been measured yet. Run it with 'basin run \(study)'."
        case (false, false):
            "The models of '\(study)' have no column '\(column)'. \(suggestion(for: column, among: columns))"
        case (true, true):
            """
            The models of '\(study)' differ in their seeds alone: '\(column)' is no regime or hyperparameter to \
            tell them apart by.
            """
        case (true, false):
            "'\(column)' is no regime or hyperparameter in which the models of '\(study)' differ. "
                + suggestion(for: column, among: columns)
        }
    }
}

extension ModelRecord {
    fileprivate var failureReason: String? {
        if case .failed(let reason) = outcome { reason } else { nil }
    }
}
