import Definitions
import Measures
import Results

extension StudyRunner {
    /// Computes the measures of the population from what they keep of each model, for the models that are there.
    ///
    /// When the population grows, all values may change: they are computed anew at the end of every run. Networks are
    /// compared with those of the same points only, snapshots with those of the same epoch.
    func measurePopulation(run: RunRecord.ID) throws {
        let models = definition.models
        for measure in try measures().population {
            var kept = try store.kept(of: study.id, measure: measure.column)
            var written: [ModelRecord.ID] = []
            // Another run may add networks meanwhile and write its values before these.
            while written != kept.map(\.modelID) {
                for members in Dictionary(grouping: kept, by: { Peers(models[$0.position].configuration) }).values {
                    try write(measure, of: members, run: run)
                }
                written = kept.map(\.modelID)
                kept = try store.kept(of: study.id, measure: measure.column)
            }
        }
    }

    /// What networks have in common that are compared.
    private struct Peers: Hashable {
        let data: DataSpecification?
        let epoch: Int?

        init(_ configuration: Configuration) {
            (data, epoch) = (configuration.model.kind.data, configuration.variant?.epoch)
        }
    }

    private func write(_ measure: MeasureSpecification, of members: [KeptRecord], run: RunRecord.ID) throws {
        let clock = ContinuousClock()
        let start = clock.now
        let values =
            definition.configurations.first?.model.kind.evaluate(
                measure, over: members.map { PopulationMember(kept: $0.data, network: $0.network) }) ?? []
        let seconds = (clock.now - start) / .seconds(1) / Double(max(1, members.count))
        try store.replace(
            zip(members, values).map { ($0.modelID, MeasurementRecord($1, column: measure.column, seconds: seconds)) },
            run: run)
    }

    /// Whether a model of which a population measure has kept something lacks its value, as after a run that was
    /// killed.
    func populationIsMissing() throws -> Bool {
        try measures().population.contains { measure in
            let kept = Set(try store.kept(of: study.id, measure: measure.column).map(\.modelID))
            return try store.missingMeasures(of: study.id, among: [measure.column]).contains {
                kept.contains($0.modelID)
            }
        }
    }
}
