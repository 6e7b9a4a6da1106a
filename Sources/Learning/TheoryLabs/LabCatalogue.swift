import Diagnostics
import Measures

/// All experiments, by id.
public enum LabCatalogue {
    /// One list a paper. A new experiment is added to its paper's list.
    public static let experiments: [any Experiment.Type] = convexOptimisation + flatMinima + multiIndex

    /// The experiment with this id; nil when there is none.
    public static func experiment(_ id: String) -> (any Experiment.Type)? { experiments.first { $0.about.id == id } }

    /// What the measures of all experiments state of themselves, each id once, in the order of the lists.
    public static let measures: [MeasureDescription] = experiments.flatMap { $0.measureDescriptions }.reduce(into: []) {
        kept, next in
        if !kept.contains(where: { $0.id == next.id }) { kept.append(next) }
    }
}

extension MeasureDescription {
    /// All that there are: of networks, of populations, of the labs' models.
    public static let all = MeasureCatalogue.descriptions + LabCatalogue.measures

    /// The measure with this id, of whatever.
    ///
    /// - Throws: `UnknownMeasure` with the nearest id.
    public static func measure(_ id: String) throws(UnknownMeasure) -> MeasureDescription {
        guard let about = all.first(where: { $0.id == id }) else { throw UnknownMeasure(id: id, known: all.map(\.id)) }
        return about
    }
}

/// An experiment that the catalogue does not have.
public struct UnknownExperiment: RequestError {
    public let id: String

    public init(id: String) { self.id = id }

    public var description: String {
        "There is no experiment '\(id)'. " + suggestion(for: id, among: LabCatalogue.experiments.map { $0.about.id })
    }
}

extension Experiment {
    public static var measureDescriptions: [MeasureDescription] { measures.map(\.about) }
}
