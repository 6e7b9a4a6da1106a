import Definitions
import Results

/// One model to be made and measured, or only measured: a pure function of its configuration and its seed.
struct ModelTask: Sendable {
    let model: PlannedModel
    /// A model that the results file has already, with its weights if it kept them.
    var kept: Kept?
    /// The run in which it failed, if it is to be tried again.
    var failedIn: RunRecord.ID?
    /// Those of the population keep something of this model.
    let measures: StudyMeasures

    struct Kept: Sendable {
        let id: ModelRecord.ID
        let epochs: Int?
        let hasWeights: Bool
    }

    /// The task less the measures of some columns.
    func without(_ columns: Set<String>) -> ModelTask {
        ModelTask(model: model, kept: kept, failedIn: failedIn, measures: measures.without(columns))
    }
}
