import Analysis

extension Population {
    /// What its models are called: "trained networks", or "models" of a theory lab.
    var modelsInWords: String { isOfLab ? "models" : "trained networks" }

    /// The same in a word, as a table's heading has it.
    var unit: String { isOfLab ? "models" : "networks" }
}
