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

extension Experiment {
    public static var measureDescriptions: [MeasureDescription] { measures.map(\.about) }
}
