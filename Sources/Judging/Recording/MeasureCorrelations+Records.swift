import Analysis
import Results
import Statistics

extension MeasureCorrelations {
    /// As the results file keeps them.
    public var records: [CorrelationRecord] {
        rows.map { CorrelationRecord($0.correlation, of: $0.measure, with: target, given: request.given) }
    }
}

extension CorrelationRecord {
    /// A correlation with the interval that tables show.
    ///
    /// - Parameter given: the columns held fixed, under the names by which a command takes them.
    init(_ correlation: Correlation, of measure: String, with target: String, given: [String]) {
        guard let estimate = correlation.estimate else {
            self.init(
                measure: measure, target: target, method: correlation.method.rawValue, given: given, status: .undefined,
                reason: correlation.reason ?? "no reason was given", count: correlation.count)
            return
        }
        let bounds = correlation.shownInterval?.bounds
        self.init(
            measure: measure, target: target, method: correlation.method.rawValue, given: given, estimate: estimate,
            pValue: correlation.pValue, interval: bounds.map { $0.lower...$0.upper }, level: bounds?.level,
            count: correlation.count, reason: correlation.reason)
    }
}
