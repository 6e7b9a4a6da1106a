import Definitions
import Parameters
import Statistics

/// A number of a study's own models that is held against what was claimed or published.
public struct MeasuredNumber: Sendable, Hashable {
    /// Models that were selected.
    public let selected: Int
    /// Those among them that have all columns that it takes.
    public let count: Int
    public let outcome: Result<SummaryNumber, Unmeasured>

    public var value: Double? { (try? outcome.get())?.value }
    /// Of a slope.
    public var standardError: Double? { (try? outcome.get())?.standardError }
}

/// Why there is no such number.
public enum Unmeasured: Error, Sendable, Hashable {
    case nothingSelected(EmptySelection)
    /// None of the selected models has all of these columns.
    case noValue(columns: [String], selected: Int)
    case notFinite(column: String)
    case undefined(UndefinedSummary)
}

/// Why no model is selected.
public enum EmptySelection: Error, Sendable, Hashable {
    case noModelYet
    /// No model has one of these values of a property; those that there are.
    case noModelWith(name: String, values: [ParameterValue], known: [String])
    /// Each condition is met by a model, but no model meets all.
    case noModelWithAll(ModelSelection)
}

extension ModelFactors {
    /// A statistic of one column, or of two, over the models that a selection names and that have both.
    func measure(
        _ statistic: SummaryStatistic, of column: String, over other: String?, where selection: ModelSelection
    ) -> MeasuredNumber {
        switch models(selection) {
        case .failure(let empty):
            return MeasuredNumber(selected: 0, count: 0, outcome: .failure(.nothingSelected(empty)))
        case .success(let places):
            let models = distinct(places)
            return MeasuredNumber(
                statistic, ([column] + (other.map { [$0] } ?? [])).map { Column($0, numbers($0, models)) },
                selected: models.count)
        }
    }
}

extension MeasuredNumber {
    /// A statistic of one column, or of two, over the rows that have both.
    init(_ statistic: SummaryStatistic, _ columns: [Column], selected: Int) {
        let complete = CompleteRows(of: columns)
        let variables = columns.map(complete.variable)
        self.selected = selected
        count = variables[0].values.count
        if count == 0 {
            outcome = .failure(.noValue(columns: columns.map(\.name), selected: selected))
        } else if let odd = variables.first(where: { !$0.values.allSatisfy(\.isFinite) }) {
            outcome = .failure(.notFinite(column: odd.name))
        } else {
            let other = variables.count > 1 ? variables[1] : nil
            outcome = statistic.number(of: SummarySample(variables[0], over: other, selected: selected))
                .mapError(Unmeasured.undefined)
        }
    }
}
