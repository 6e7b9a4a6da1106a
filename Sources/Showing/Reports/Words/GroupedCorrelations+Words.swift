import Analysis

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
