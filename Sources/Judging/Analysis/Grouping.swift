import Foundation
import Parameters
import Results
import Statistics

/// A property that splits the models of a population: the regime, or a hyperparameter that is not the same for all.
public struct Grouping: Sendable, Hashable {
    /// "regime" or the hyperparameter's key; also the name by which a command holds it fixed.
    public let name: String
    /// One a model; nil where the model lacks it.
    public let labels: [String?]
    /// The labels as numbers, one a model; nil for a category, such as the regime or an architecture.
    public let numbers: [Double?]?

    /// The labels that occur: numbers by size, categories in the order of the models.
    public let distinctLabels: [String]
    /// Each model's part, numbered by first occurrence; nil where it is in none. Equal parts are equal splits.
    private let parts: [Int?]
    /// The labels of the parts.
    private let partLabels: [String]

    /// - Complexity: O(models), and O(labels log labels) for numbers.
    init(name: String, labels: [String?], numbers: [Double?]?) {
        self.name = name
        self.labels = labels
        self.numbers = numbers
        var numbered: [String: Int] = [:]
        var found: [(label: String, number: Double)] = []
        parts = labels.enumerated().map { row, label in
            guard let label else { return nil }
            if let part = numbered[label] { return part }
            numbered[label] = found.count
            found.append((label, numbers?[row] ?? 0))
            return found.count - 1
        }
        partLabels = found.map(\.label)
        distinctLabels =
            numbers == nil
            ? partLabels : found.sorted { ($0.number, $0.label) < ($1.number, $1.label) }.map(\.label)
    }

    /// The rows of the models with this label.
    public func rows(of label: String) -> [Int] {
        guard let part = partLabels.firstIndex(of: label) else { return [] }
        return parts.indices.filter { parts[$0] == part }
    }

    /// The labels as columns of 0 and 1, to hold the grouping fixed as a category.
    var indicators: [Column] { Statistics.indicators(name, labels) }

    /// Whether two groupings split the models alike, whatever their labels are called.
    func splitsAlike(_ other: Grouping) -> Bool { parts == other.parts }
}

extension Grouping {
    /// The groupings' labels side by side; nil where there are fewer than two, or the labels of one tell those of the
    /// others.
    static func configuration(_ groupings: [Grouping]) -> Grouping? {
        guard groupings.count > 1 else { return nil }
        // A text for each configuration that occurs, not for each model.
        var texts: [[Int?]: String] = [:]
        let labels = groupings[0].labels.indices.map { row in
            let parts = groupings.map { $0.parts[row] }
            if let known = texts[parts] { return known }
            let text = groupings.map { "\($0.name) \($0.labels[row] ?? "-")" }.joined(separator: ", ")
            texts[parts] = text
            return text
        }
        let whole = Grouping(name: "configuration", labels: labels, numbers: nil)
        return groupings.contains(where: whole.splitsAlike) ? nil : whole
    }

    /// All properties with at least two values over the models: the regime, then hyperparameters by name.
    ///
    /// Hyperparameters that are no scalar are left out. A key whose values are all numbers is numeric.
    static func all(of models: [ModelRecord]) -> [Grouping] {
        let columns = ParameterValue.columns(of: models)
        let regime = Grouping(name: "regime", labels: models.map(\.regime), numbers: nil)
        let others = columns.keys.sorted().filter { $0 != regime.name }.map { key in
            let values = columns[key] ?? []
            let words = ParameterValue.labels(of: Set(values.compactMap(\.self)))
            let isNumeric = values.allSatisfy { $0 == nil || $0?.number != nil }
            return Grouping(
                name: key, labels: values.map { $0.flatMap { words[$0] } },
                numbers: isNumeric ? values.map { $0?.number } : nil)
        }
        return ([regime] + others).filter { $0.distinctLabels.count > 1 }
    }
}
