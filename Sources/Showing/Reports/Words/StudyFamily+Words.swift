import Analysis

extension StudyFamily.Difference {
    /// One a member, as "0.01" or "small-batch 0.05, large-batch 0.5"; nil where the member lacks it.
    var texts: [String?] { values.map { $0?.text } }
}

extension StudyFamily.Difference.Value {
    var text: String {
        switch self {
        case .same(let label): label
        case .byRegime(let regimes): regimes.map { "\($0.name) \($0.label)" }.joined(separator: ", ")
        case .byManyRegimes: "by regime"
        }
    }
}
