import Measures

/// Models that are networks, wherever they were trained: the catalogue's measures can be taken of them.
public protocol NetworkKind: ModelKind {}

extension NetworkKind {
    public static func measures(of models: [Self]) -> [MeasureDescription] { MeasureCatalogue.descriptions }

    public func isOfPopulation(_ measure: MeasureSpecification) -> Bool {
        MeasureCatalogue.populationMeasure(measure.measure) != nil
    }

    public func evaluate(_ measure: MeasureSpecification, over members: [PopulationMember]) -> [MeasuredValue] {
        MeasureCatalogue.populationMeasure(measure.measure)?.init(stating: measure.options).evaluate(members)
            ?? members.map { _ in MeasuredValue(.undefined, reason: "there is no such measure") }
    }
}
