import Analysis
import Typography

extension GroupedCorrelations.Row {
    /// What the outcome means, with its numbers; nil where there is nothing to say.
    ///
    /// - Parameter grouping: the grouping's name.
    func words(_ grouping: String) -> String? {
        guard let rho = raw.estimate, let partial = given.estimate, let p = given.pValue else { return nil }
        let left =
            "given \(grouping) it is \(signed(partial)) (p \(NumberFormat.significant(2).string(p)))"
        let before = signed(rho)
        return switch outcome {
        case .fromTheGroups: "the raw correlation (\(before)) comes from the difference between the groups: \(left)"
        case .reversed: "the raw correlation (\(before)) turns its sign within the groups: \(left)"
        case .holds: "the raw correlation (\(before)) holds within the groups too: \(left)"
        case .weakened: "less than half of the raw correlation (\(before)) is left within the groups, but some: \(left)"
        case .masked: "the difference between the groups hides a correlation: raw \(before), \(left)"
        case .open: "whether the raw correlation (\(before)) holds within the groups cannot be told: \(left)"
        case .neither, .undefined: nil
        }
    }

    /// Whether raw and partial correlation disagree.
    var isContradicted: Bool { [.fromTheGroups, .reversed, .masked].contains(outcome) }

}

extension GroupedCorrelations.Outcome {
    /// A word or two for a table.
    var words: String {
        switch self {
        case .fromTheGroups: "between groups only"
        case .reversed: "other sign within"
        case .holds: "holds within"
        case .weakened: "less than half within"
        case .open: "cannot tell"
        case .masked: "within groups only"
        case .neither: "neither"
        case .undefined: "undefined"
        }
    }
}
