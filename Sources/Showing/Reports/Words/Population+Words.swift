import Analysis

extension Population {
    /// What its models are called: "trained networks", or "models" that an experiment chose.
    var modelsInWords: String { isSample ? "trained networks" : "models" }

    /// The same in a word, as a table's heading has it.
    var unit: String { isSample ? "networks" : "models" }
}

extension StudyFamily {
    /// Whether any member's models were drawn, so that verdicts and p values would be about something.
    var hasSample: Bool { members.contains(where: \.isSample) }
}
