import Measures
import Results

/// A measure with its options, ready to be taken, and the column that it fills.
struct PreparedMeasure: Sendable {
    let column: String
    let measure: any Measure

    init(_ specification: MeasureSpecification) throws(UnknownMeasure) {
        column = specification.column
        measure = try MeasureCatalogue.measure(specification.measure).init(options: specification.measureOptions)
    }

    func record(of subject: Subject) -> MeasurementRecord {
        let clock = ContinuousClock()
        let start = clock.now
        let result = measure.evaluate(subject)
        let seconds = (clock.now - start).inSeconds
        guard let value = result.value else {
            return MeasurementRecord(
                measure: column, status: result.status == .failed ? .failed : .undefined,
                reason: result.reason ?? "no reason was given", effort: result.effort, seconds: seconds,
                detail: result.details)
        }
        return MeasurementRecord(
            measure: column, value: value, standardError: result.standardError, effort: result.effort, seconds: seconds,
            reason: result.reason, detail: result.details)
    }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
