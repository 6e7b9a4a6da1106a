import Definitions
import Measures
import Results
import TheoryLabs

/// A measure of one model, ready to be taken, and the column that it fills.
struct PreparedMeasure: Sendable {
    let id: String
    let column: String
    /// Nil for a measure of a lab's models, which their experiment takes.
    private let measure: (any Measure)?

    /// A measure of networks, with its options.
    init(_ specification: MeasureSpecification) throws(UnknownMeasure) {
        (id, column) = (specification.measure, specification.column)
        measure = try MeasureCatalogue.measure(specification.measure).init(options: specification.measureOptions)
    }

    /// A measure of a lab's models.
    init(_ specification: MeasureSpecification, of lab: LabSpecification) throws(UnknownMeasure) {
        (id, column, measure) = (specification.measure, specification.column, nil)
        let known = LabCatalogue.experiment(lab.experiment)?.measureDescriptions.map(\.id) ?? []
        guard known.contains(id) else { throw UnknownMeasure(id: id, known: known) }
    }

    /// - Precondition: a measure of networks.
    func record(of subject: Subject) -> MeasurementRecord {
        guard let measure else { preconditionFailure("'\(id)' is no measure of networks") }
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

    init(_ specifications: [MeasureSpecification], of model: ModelSpecification?) throws(UnknownMeasure) {
        if let lab = model?.lab {
            single = try specifications.map { specification throws(UnknownMeasure) in
                try PreparedMeasure(specification, of: lab)
            }
            population = []
            return
        }
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
                measure: column, value: value, standardError: result.standardError, effort: result.effort,
                seconds: seconds,
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
