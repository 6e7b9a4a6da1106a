extension Parameter {
    /// What it means, which values it takes and what holds where nothing is said, in a line.
    public var text: String {
        let absence = absence.map { "\($0) where nothing is said" } ?? "it must be stated"
        return "\(summary) (\(valuesText); \(absence))"
    }

    /// Which values it takes: "a whole number from 1 to 64, in epochs".
    public var valuesText: String { kind.text + (unit.map { ", in \($0)" } ?? "") }

    /// What holds where nothing is said, as "30" or "the last"; nil where it must be stated.
    public var absence: String? {
        switch self.default {
        case .value(let value):
            // A number looks like one: the bounds beside it do, too.
            if case .number(let number) = normal(value) { "\(number)" } else { "\(value)" }
        case .required: nil
        case .absent(let meaning): meaning
        }
    }
}

extension Parameter.Kind {
    /// "a multiple of 4 from 0 to 64", "a number from 0.0 to 1.0", "native or torch-cuda", "true or false".
    public var text: String {
        switch self {
        case .integer(let range, let step):
            (step == 1 ? "a whole number" : "a multiple of \(step)")
                + " from \(range.lowerBound) to \(range.upperBound)"
        case .number(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
        case .choice(let words): words.joined(separator: " or ")
        case .flag: "true or false"
        }
    }
}
