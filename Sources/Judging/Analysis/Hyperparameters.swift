import Foundation
import Parameters

extension ParameterValue {
    /// The value as a label of its models: short where that is the number, as 0.05 / 32 · 2000 is long without telling
    /// more.
    package var text: String {
        guard case .number(let number) = self, Int64(exactly: number) == nil else { return description }
        let short = String(format: "%.6g", number)
        let isSame = Double(short).map { abs($0 - number) <= 1e-6 * abs(number) } ?? false
        return isSame ? short : description
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
