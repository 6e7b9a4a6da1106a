import Foundation
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
    public var distinctLabels: [String] {
        var seen: [String: Double] = [:]
        var distinct: [String] = []
        for (row, label) in labels.enumerated() {
            guard let label, seen[label] == nil else { continue }
            seen[label] = numbers?[row] ?? 0
            distinct.append(label)
        }
        return numbers == nil ? distinct : distinct.sorted { (seen[$0] ?? 0, $0) < (seen[$1] ?? 0, $1) }
    }

    /// The rows of the models with this label.
    public func rows(of label: String) -> [Int] { labels.indices.filter { labels[$0] == label } }

    /// The labels as columns of 0 and 1, to hold the grouping fixed as a category.
    var indicators: [(name: String, values: [Double?])] { Statistics.indicators(name, labels) }

    /// Whether two groupings split the models alike, whatever their labels are called.
    func splitsAlike(_ other: Grouping) -> Bool { parts == other.parts }

    /// Each model's part, numbered by first occurrence; nil where it is in none.
    private var parts: [Int?] {
        var numbered: [String: Int] = [:]
        return labels.map { label in
            guard let label else { return nil }
            let part = numbered[label] ?? numbered.count
            numbered[label] = part
            return part
        }
    }
}

extension Grouping {
    /// The groupings' labels side by side; nil where there are fewer than two, or the labels of one tell those of the others.
    static func configuration(_ groupings: [Grouping]) -> Grouping? {
        guard groupings.count > 1 else { return nil }
        let labels = groupings[0].labels.indices.map { row in
            groupings.map { "\($0.name) \($0.labels[row] ?? "-")" }.joined(separator: ", ")
        }
        let whole = Grouping(name: "configuration", labels: labels, numbers: nil)
        return groupings.contains(where: whole.splitsAlike) ? nil : whole
    }

    /// All properties with at least two values over the models: the regime, then hyperparameters by name.
    ///
    /// Hyperparameters that are no scalar are left out. A key whose values are all numbers is numeric.
    static func all(of models: [ModelRecord]) -> [Grouping] {
        let scalars = models.map { HyperparameterScalar.all(in: $0.hyperparameters) }
        let keys = Set(scalars.flatMap(\.keys)).sorted()
        let regime = Grouping(name: "regime", labels: models.map(\.regime), numbers: nil)
        let others = keys.filter { $0 != regime.name }.map { key in
            let values = scalars.map { $0[key] }
            let isNumeric = values.allSatisfy { $0 == nil || $0?.number != nil }
            return Grouping(
                name: key, labels: values.map { $0?.text }, numbers: isNumeric ? values.map { $0?.number } : nil)
        }
        return ([regime] + others).filter { $0.distinctLabels.count > 1 }
    }
}

/// A value of a hyperparameter as it is written in a model's JSON object.
struct HyperparameterScalar: Hashable, Decodable {
    let text: String
    /// nil for a text or a truth value.
    let number: Double?

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            (text, number) = (flag ? "true" : "false", nil)
        } else if let number = try? container.decode(Double.self) {
            // Short where that is the number: 0.05 / 32 · 2000 is long without telling more.
            let short = String(format: "%.6g", number)
            let isSame = Double(short).map { abs($0 - number) <= 1e-6 * abs(number) } ?? false
            text = Int64(exactly: number)?.description ?? (isSame ? short : number.description)
            self.number = number
        } else {
            (text, number) = (try container.decode(String.self), nil)
        }
    }

    /// The scalars of a JSON object by key; lists, objects and nulls are left out, and so is all of what is no object.
    static func all(in json: String) -> [String: HyperparameterScalar] {
        struct Lenient: Decodable {
            let scalar: HyperparameterScalar?
            init(from decoder: any Decoder) throws { scalar = try? HyperparameterScalar(from: decoder) }
        }
        let object = try? JSONDecoder().decode([String: Lenient].self, from: Data(json.utf8))
        return (object ?? [:]).compactMapValues(\.scalar)
    }
}
