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
        [
            ("id", id), ("title", title), ("family", family), ("formula", formula), ("source", source),
            ("reads", readingList), ("invariant to", invarianceList), ("predicted sign", predictedSign.rawValue),
            ("may be called a predictor", knowsFrom.map { "no: it reads \($0.rawValue)" } ?? "yes"),
            ("effort in", effortUnit), ("limits", limits),
        ] + options.map { ("option \($0.name)", "\($0.summary) (\($0.kind.text))") }
    }

    private func list(_ words: [String], none: String) -> String {
        words.isEmpty ? none : words.joined(separator: ", ")
    }
}

extension MeasureOption.Kind {
    var text: String {
        switch self {
        case .integer(let range, let step):
            (step == 1 ? "a whole number" : "a multiple of \(step)")
                + " from \(range.lowerBound) to \(range.upperBound)"
        case .choice(let words): words.joined(separator: " or ")
        }
    }
}
