import Analysis

extension Population {
    /// Whether its models were chosen by an experiment, so that there is nothing they were drawn from: how measures rank
    /// them is told then, and no verdict.
    var modelsAreChosen: Bool { isOfLab }

    /// What its models are called: "trained networks", or "models" of a theory lab.
    var modelsInWords: String { modelsAreChosen ? "models" : "trained networks" }

    /// The same in a word, as a table's heading has it.
    var unit: String { modelsAreChosen ? "models" : "networks" }
}

extension StudyFamily {
    /// Whether that holds for all of its members.
    var modelsAreChosen: Bool { members.allSatisfy(\.modelsAreChosen) }
}
