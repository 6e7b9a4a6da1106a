import Analysis

extension Population {
    /// What its models are called: "trained networks", or "models" of a theory lab.
    var modelsInWords: String { kind.inWords }

    /// The same in a word, as a table's heading has it.
    var unit: String { kind.unit }
}

extension StudyFamily {
    /// Whether any member's models were drawn, so that verdicts and p values would be about something.
    var hasSample: Bool { members.contains(where: \.isSample) }
}
