import Definitions
import Foundation
import Results

/// A study of networks that were never trained, in several arithmetics, as `basin run --rounding` enters them.
package struct RoundedStudy {
    package var name: String
    /// Regimes with as many networks each, or none.
    package var regimes: [String]
    /// Of each regime, or of the whole.
    package var networks: Int
    package var measures: [String]
    /// What else defines it, so that two versions differ.
    package var epochs: Int

    package init(
        name: String = "toy", regimes: [String] = [], networks: Int,
        measures: [String] = ["test_accuracy", "pair_proxy", "weight_norm_l2"], epochs: Int = 9
    ) {
        (self.name, self.regimes, self.networks, self.measures, self.epochs) = (
            name, regimes, networks, measures, epochs
        )
    }

    package var definition: StudySpecification.Definition {
        get throws {
            let measures = measures.map { #"{"measure":"\#($0)","column":"\#($0)"}"# }.joined(separator: ",")
            let parts = """
                "data":{"dataset":"mnist","training_points":10,"stream":"native","seed":0,
                "probes":{"count":0,"stream":"native","seed":0}},"network":{"hidden":[4]},
                "training":{"learning_rate":0.1,"batch_size":4,"epochs":\(epochs),"initialisation":"native",
                "order":"native"}
                """
            func seeds(_ regime: Int) -> String { #""seeds":\#(Array(1000 * regime..<1000 * regime + networks))"# }
            let configurations = regimes.enumerated().map { index, regime in
                #"{"regime":"\#(regime)",\#(parts),\#(seeds(index))}"#
            }.joined(separator: ",")
            let text =
                regimes.isEmpty
                ? #"{"measures":[\#(measures)],\#(parts),"population":{\#(seeds(0))}}"#
                : #"{"measures":[\#(measures)],"population":{"configurations":[\#(configurations)]}}"#
            return try JSONDecoder().decode(StudySpecification.Definition.self, from: Data(text.utf8))
        }
    }

    /// Enters the study in one arithmetic, 0 for the study as it is, with these values of its networks, in their order.
    ///
    /// - Parameters:
    ///   - columns: values of each measure; nil for a network that was not measured.
    ///   - failed: positions of networks that failed.
    ///   - missing: positions of networks that are still to be trained.
    @discardableResult
    package func enter(
        rounding: Int = 0, columns: [String: [Double?]], failed: Set<Int> = [], missing: Set<Int> = [],
        in store: ResultsStore
    ) throws -> StudyRecord {
        var definition = try definition
        if rounding > 0, let other = definition.rounded(rounding) { definition = other }
        let name = rounding == 0 ? name : RoundedName(study: name, number: rounding).text
        let study = try store.enter(
            NewStudy(
                name: name, digest: definition.digest(), title: "Study \(name)",
                specificationYAML: "name: \(self.name)\n", specificationJSON: definition.canonicalJSON()))
        let run = try store.beginRun(of: study.id, jobs: 1, provenance: .example)
        for planned in definition.models where !missing.contains(planned.position) {
            let position = planned.position
            try store.add(
                NewModel(
                    position: position, label: planned.label, digest: planned.digest,
                    trainingDigest: planned.trainingDigest, seed: planned.seed,
                    regime: planned.configuration.regime,
                    outcome: failed.contains(position) ? .failed(reason: "the loss is not finite") : .trained),
                measurements: failed.contains(position)
                    ? []
                    : columns.sorted { $0.key < $1.key }.compactMap { column, values in
                        values[position].map { MeasurementRecord(measure: column, value: $0) }
                    },
                study: study.id, run: run)
        }
        return study
    }
}
