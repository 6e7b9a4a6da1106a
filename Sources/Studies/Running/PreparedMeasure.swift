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
        return MeasurementRecord(result, column: column, seconds: (clock.now - start).inSeconds)
    }
}

/// A measure of the population with its options, and the column that it fills.
struct PreparedPopulationMeasure: Sendable {
    let column: String
    let measure: any PopulationMeasure

    /// Nil for a measure of one network.
    init?(_ specification: MeasureSpecification) {
        guard let type = MeasureCatalogue.populationMeasure(specification.measure) else { return nil }
        column = specification.column
        measure = type.init(options: specification.measureOptions)
    }
}

/// A study's measures, those of one network apart from those of the population.
struct PreparedMeasures: Sendable {
    let single: [PreparedMeasure]
    let population: [PreparedPopulationMeasure]

    init(single: [PreparedMeasure], population: [PreparedPopulationMeasure]) {
        self.single = single
        self.population = population
    }

    init(_ specifications: [MeasureSpecification]) throws(UnknownMeasure) {
        population = specifications.compactMap(PreparedPopulationMeasure.init)
        single = try specifications.filter { MeasureCatalogue.populationMeasure($0.measure) == nil }
            .map { specification throws(UnknownMeasure) in try PreparedMeasure(specification) }
    }

    var columns: [String] { single.map(\.column) + population.map(\.column) }
}

extension MeasurementRecord {
    init(_ result: MeasuredValue, column: String, seconds: Double) {
        if let value = result.value {
            self.init(
                measure: column, value: value, standardError: result.standardError, effort: result.effort, seconds: seconds,
                reason: result.reason, detail: result.details)
        } else {
            self.init(
                measure: column, status: result.status == .failed ? .failed : .undefined,
                reason: result.reason ?? "no reason was given", effort: result.effort, seconds: seconds,
                detail: result.details)
        }
    }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
