import Analysis
import Definitions
import Statistics

extension MeasuredNumber {
    /// Why there is no number, or how it has to be read; nil where there is nothing to say.
    var reason: String? {
        switch outcome {
        case .failure(let nothing): nothing.sentence
        case .success where count < selected:
            "\(selected - count) of \(selected) selected models have no value and are left out."
        case .success: nil
        }
    }
}

extension Unmeasured {
    var sentence: String {
        switch self {
        case .nothingSelected(let empty): empty.description
        case .noValue(let columns, let selected):
            selected == 1
                ? "The selected model has no value of \(columns.joined(separator: " and "))."
                : "None of \(selected) selected models has a value of \(columns.joined(separator: " and "))."
        case .notFinite(let column): "\(column) has a value that is not finite."
        case .undefined(let undefined): undefined.sentence
        }
    }
}

extension UndefinedSummary {
    fileprivate var sentence: String {
        switch self {
        case .notOneModel(let selected): "A claim about one value is about one model, and \(selected) are selected."
        case .noOtherColumn: "The number is one of two columns, and the other is not named."
        case .overflow(let variable): "The sum of \(variable) overflows."
        case .powerLaw(let undefined): undefined.description
        case .correlation(let undefined): undefined.description
        }
    }
}

extension EmptySelection {
    /// Labels that a sentence lists.
    private static let mostLabels = 8

    /// Why no model is selected, in a sentence.
    package var description: String {
        switch self {
        case .noModelYet: "The study has no model yet."
        case .noModelWith(let name, let values, let known):
            "No model has \(ModelSelection([name: values]))\(Self.list(known))."
        case .noModelWithAll(let selection): "No model has all of these: \(selection)."
        }
    }

    /// ": there are 0.1, 0.2"; empty where that would say nothing.
    private static func list(_ labels: [String]) -> String {
        guard !labels.isEmpty else { return "" }
        return ": there " + (labels.count == 1 ? "is " : "are ")
            + labels.prefix(mostLabels).joined(separator: ", ") + (labels.count > mostLabels ? ", …" : "")
    }
}
