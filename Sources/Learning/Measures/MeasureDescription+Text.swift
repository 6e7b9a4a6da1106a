import Parameters

extension MeasureDescription {
    /// What it reads, in a fixed order: "training inputs, training labels".
    public var readingList: String {
        list(Reading.allCases.filter(reads.contains).map(\.rawValue), none: "the weights only")
    }

    public var invarianceList: String {
        list(Invariance.allCases.filter(invariances.contains).map(\.rawValue), none: "nothing")
    }

    /// Everything it states, by name.
    public var properties: [(name: String, value: String)] {
        [("id", id), ("title", title), ("family", family), ("formula", formula)] + facts
            + options.map { ("option \($0.name)", $0.optionText) }
    }

    /// What it states in words, by name: all but what it is called, its formula and its options.
    public var facts: [(name: String, value: String)] {
        [
            ("source", source), ("reads", readingList), ("invariant to", invarianceList),
            ("predicted sign", predictedSign.rawValue),
            ("may be called a predictor", knowsFrom.map { "no: it reads \($0.rawValue)" } ?? "yes"),
            ("effort in", effortUnit), ("limits", limits),
        ]
    }

    private func list(_ words: [String], none: String) -> String {
        words.isEmpty ? none : words.joined(separator: ", ")
    }
}

extension Parameter {
    /// As "random sign vectors, 30 when not given (a whole number from 2 to 1000000)".
    fileprivate var optionText: String {
        let absence =
            switch self.default {
            case .value: absence.map { ", \($0) when not given" }
            case .absent: absence.map { "; \($0) when not given" }
            case .required: ", to be given"
            }
        return "\(summary)\(absence ?? "") (\(valuesText))"
    }
}
