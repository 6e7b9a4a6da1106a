import Analysis
import Diagnostics

extension RoundingRanges {
    /// What the arithmetics are.
    var words: String {
        "Initial weights moved by at most one unit in the last place, K = \(arithmetics.count)"
    }

    /// What is left out of the ranges, or why there are none; nil where nothing is missing.
    public var remark: String? {
        switch absence {
        case .noOthers:
            "The results file has '\(study)' in no other arithmetic. 'basin run \(study.shellWord) --rounding 8' "
                + "trains it in eight."
        case .studyIncomplete(let missing):
            "\(counted(missing, of: "networks")) of '\(study)' \(missing == 1 ? "is" : "are") missing, so that other "
                + "arithmetics have other ones. 'basin run \(study.shellWord)' trains them."
        case .othersIncomplete, nil:
            incomplete.isEmpty
                ? nil
                : "\(Self.list(incomplete)), and \(incomplete.count == 1 ? "is" : "are") left out. 'basin run "
                    + "\(study.shellWord) --rounding \(incomplete.map(\.number).max() ?? 1)' trains what is missing."
        }
    }

    /// "toy-rounding-2 lacks 3 networks, toy-rounding-3 lacks 1 network"
    private static func list(_ arithmetics: [Arithmetic]) -> String {
        arithmetics.map { "\($0.study) lacks \(counted($0.missing, of: "networks"))" }.joined(separator: ", ")
    }
}

extension RoundingRanges.Range {
    /// What is not the same in all arithmetics: "sign", "p", "sign, p"; nil for neither.
    var changes: String? {
        let changes = [changesSign ? "sign" : nil, changesSignificance ? "p" : nil].compactMap(\.self)
        return changes.isEmpty ? nil : changes.joined(separator: ", ")
    }
}

extension RoundingRanges.NoRange {
    var sentence: String {
        switch self {
        case .undefined(let undefined): undefined.description
        case .notMeasured: "Networks of the study were not measured yet."
        case .inNoOther: "It has no correlation in any other arithmetic."
        }
    }
}
