import Analysis

/// What is said of a condition that selected the networks, wherever their numbers are shown.
package struct RestrictionText {
    /// In its one spelling: "test_accuracy > 0.5 AND batch_size < 500".
    package let condition: String
    /// "138 of 144 networks"; of several studies "12 of 12 networks of 'a', 11 of 12 networks of 'b'".
    package let selected: String
    /// The counts of all studies together: "23 of 24 networks".
    let total: String
    /// "Not all networks"; "All networks" where the condition left out none.
    package let lead: String
    /// That columns which came about in training were selected by, and what that does; nil where none was.
    package let bias: String?

    /// Nil for populations that nothing selected.
    ///
    /// - Parameters:
    ///   - populations: of one condition.
    ///   - target: what is to be predicted; each study's own unless given.
    package init?(of populations: [Population], target: String? = nil) {
        let effects = populations.compactMap { population in population.restriction.map { (population, $0) } }
        guard let first = effects.first else { return nil }
        condition = first.1.restriction.description
        func counts(_ selected: Int, _ all: Int) -> String { "\(selected) of \(all) \(first.0.unit)" }
        let (chosen, all) = (effects.reduce(0) { $0 + $1.1.selected }, effects.reduce(0) { $0 + $1.1.total })
        total = counts(chosen, all)
        lead = "\(chosen == all ? "All" : "Not all") \(first.0.unit)"
        selected =
            effects.count == 1
            ? total
            : effects.map { "\(counts($0.1.selected, $0.1.total)) of '\($0.0.study.name)'" }.joined(separator: ", ")
        let targets = populations.map { target ?? $0.study.target }
        let measured = first.1.restriction.columns.filter { name in populations.contains { $0.columns.contains(name) } }
        bias = chosen == all ? nil : Self.bias(measured.map { ($0, isTarget: targets.contains($0)) })
    }

    /// "test_accuracy > 0.5 selects 138 of 144 networks"
    package var sentence: String { "\(condition) selects \(selected)" }

    /// For a command that is to show the same: " --where 'test_accuracy > 0.5'".
    var option: String { " --where \(condition.shellWord)" }

    private static func bias(_ columns: [(name: String, isTarget: Bool)]) -> String? {
        guard !columns.isEmpty else { return nil }
        let names = columns.map { "\($0.name)\($0.isTarget ? " (the target)" : "")" }
        let list = names.count == 1 ? names[0] : "\(names.dropLast().joined(separator: ", ")) and \(names.last ?? "")"
        return "Selecting by \(list) restricts \(names.count == 1 ? "its range" : "their ranges"), which can make or "
            + "hide a correlation by itself."
    }
}

extension Population {
    /// For a command in a report that is to show the same; empty where nothing selected the models.
    var whereOption: String { RestrictionText(of: [self])?.option ?? "" }

    /// What a report of it is called: the study's name, with a mark of the condition that selected the models. No study
    /// can be called so, and each condition has its own.
    var reportName: String { study.name + reportMark }

    /// "_where_1f3a09c2"; empty where nothing selected the models.
    var reportMark: String { restriction.map { "_where_\($0.restriction.mark)" } ?? "" }
}
