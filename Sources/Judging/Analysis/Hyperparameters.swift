import Foundation
import Parameters
import Results

extension ParameterValue {
    /// The value as a label of its models: as people wrote it. A number of more digits than anybody writes was
    /// computed, as 0.05 · √(32 / 64): six of its digits tell as much.
    package var text: String {
        guard case .number(let number) = self, Int64(exactly: number) == nil else { return description }
        let digits = description.prefix { $0 != "e" }.filter(\.isNumber).drop { $0 == "0" }.count
        return digits <= Self.mostWrittenDigits ? description : String(format: "%.6g", number)
    }

    private static let mostWrittenDigits = 9

    /// Labels of some values: their texts, or all there is to tell of those that would have one text.
    static func labels(of values: Set<ParameterValue>) -> [ParameterValue: String] {
        let sharing = Dictionary(grouping: values, by: \.text)
        return Dictionary(
            uniqueKeysWithValues: values.map { ($0, sharing[$0.text]?.count == 1 ? $0.text : $0.description) })
    }

    /// The hyperparameters of some models by name, one value a model; nil where the model lacks it.
    ///
    /// - Complexity: models of one configuration have one text, and each is decoded once.
    static func columns(of models: [ModelRecord]) -> [String: [ParameterValue?]] {
        var decoded: [String: [String: ParameterValue]] = [:]
        let found = models.map { model in
            let text = model.hyperparameters
            if let known = decoded[text] { return known }
            let scalars = all(in: text)
            decoded[text] = scalars
            return scalars
        }
        let names = Set(decoded.values.flatMap(\.keys))
        return Dictionary(uniqueKeysWithValues: names.map { name in (name, found.map { $0[name] }) })
    }

    /// The scalars of a JSON object by key; lists, objects and nulls are left out, and so is all of what is no object.
    package static func all(in json: String) -> [String: ParameterValue] {
        struct Lenient: Decodable {
            let scalar: ParameterValue?
            init(from decoder: any Decoder) throws { scalar = try? ParameterValue(from: decoder) }
        }
        let object = try? JSONDecoder().decode([String: Lenient].self, from: Data(json.utf8))
        return (object ?? [:]).compactMapValues(\.scalar)
    }
}
