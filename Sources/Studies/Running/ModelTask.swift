import Definitions
import Measures
import Networks
import Results

/// One model to be trained and measured, or only measured: a pure function of its configuration and its seed.
struct ModelTask: Sendable {
    let model: PlannedModel
    /// A model that the results file has already, with its weights if it kept them.
    var kept: Kept?
    /// The run in which it failed, if it is to be tried again.
    var failedIn: RunRecord.ID?
    let measures: [PreparedMeasure]
    /// Measures of the population that keep something of this model.
    let populationMeasures: [PreparedPopulationMeasure]

    struct Kept: Sendable {
        let id: ModelRecord.ID
        let epochs: Int
        let hasWeights: Bool
    }

    /// What measures make of the network: measurements, and what population measures keep of it, by column.
    struct Findings {
        var measurements: [MeasurementRecord]
        var kept: [String: [UInt8]]
    }

    /// The task less the measures of some columns.
    func without(_ columns: Set<String>) -> ModelTask {
        ModelTask(
            model: model, kept: kept, failedIn: failedIn, measures: measures.filter { !columns.contains($0.column) },
            populationMeasures: populationMeasures.filter { !columns.contains($0.column) })
    }

    /// Whether there is nothing to measure.
    var isEmpty: Bool { measures.isEmpty && populationMeasures.isEmpty }

    func measure(_ network: Network, epochs: Int, on material: StudyMaterial) -> Findings {
        let subject = Subject(
            network: network, training: material.training, test: material.test, unseen: material.unseen,
            probes: material.probes, position: model.position, seed: model.seed, epochs: epochs)
        return Findings(
            measurements: measures.map { $0.record(of: subject) },
            kept: Dictionary(uniqueKeysWithValues: populationMeasures.map { ($0.column, $0.measure.keep(subject)) }))
    }
}
