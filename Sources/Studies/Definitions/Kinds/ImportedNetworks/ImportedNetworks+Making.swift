import Diagnostics
import Measures
import Networks
import Parameters
import WeightFiles

/// Reads a network out of its file.
struct ImportedNetworkMaker: ModelMaker {
    let networks: ImportedNetworks
    let material: StudyMaterial

    var facts: [String: ParameterValue] { networks.facts }

    func make(_ planned: PlannedModel, at workplace: any Workplace) throws -> MadeModel {
        let start = ContinuousClock.now
        let network = try network(seed: planned.seed)
        let epochs = networks.weights[planned.seed]?.epochs
        return MadeModel(
            measurable(network, planned, epochs: epochs), epochs: epochs,
            seconds: (ContinuousClock.now - start) / .seconds(1), weights: { [UInt8](network.safetensors()) })
    }

    func model(
        _ planned: PlannedModel, weights: [UInt8], epochs: Int?, history: TrainingHistory
    ) throws -> any MeasurableModel {
        measurable(try Network(kept: weights, of: networks.architecture), planned, epochs: epochs)
    }

    func cost(of measures: StudyMeasures, seed: UInt64, timings: inout Timings) -> ModelCost {
        let architecture = networks.architecture
        let measured = timings.of(Kind(data: networks.points, architecture: architecture)) {
            guard let network = try? network(seed: seed) else { return (0, 0) }
            return MeasurableNetwork(
                subject: material.subject(ofElsewhere: network, position: 0, seed: 0, epochs: nil)
            ).cost(of: measures)
        }
        return ModelCost(
            measuring: measured.seconds, weightBytes: 4 * architecture.parameterCount, measureBytes: measured.bytes)
    }

    /// What networks that take as long to measure have in common.
    private struct Kind: Hashable {
        let data: DataSpecification
        let architecture: Architecture
    }

    /// The network as the definition has it: its file may be another one by now.
    private func network(seed: UInt64) throws -> Network {
        guard let weights = networks.weights[seed], let file = weights.file else {
            throw ImportedWeightsUnavailable(seed: seed)
        }
        let network = try file.network()
        guard WeightsDigest.of(network.safetensors()) == weights.digest else {
            throw WeightsFileError(
                path: file.path,
                reason: "holds other weights than when this run began. Run the study again: it takes the new ones")
        }
        return network
    }

    private func measurable(_ network: Network, _ planned: PlannedModel, epochs: Int?) -> any MeasurableModel {
        NetworkFromElsewhere(
            network: MeasurableNetwork(
                subject: material.subject(
                    ofElsewhere: network, position: planned.position, seed: planned.seed, epochs: epochs)))
    }
}

/// A network of whose training nothing is known but its outcome.
private struct NetworkFromElsewhere: MeasurableModel {
    let network: MeasurableNetwork

    func findings(of measures: StudyMeasures) -> ModelFindings {
        let known = StudyMeasures(
            single: measures.single.filter { reason($0) == nil }, population: measures.population)
        var findings = network.findings(of: known)
        let taken = Dictionary(uniqueKeysWithValues: findings.taken.map { ($0.column, $0) })
        findings.taken = measures.single.compactMap { measure in
            taken[measure.column]
                ?? reason(measure).map {
                    .init(column: measure.column, value: MeasuredValue(.undefined, reason: $0), seconds: 0)
                }
        }
        return findings
    }

    /// Why a measure has no value; nil for one that reads what there is.
    private func reason(_ measure: MeasureSpecification) -> String? {
        guard let reads = measure.about?.reads else { return nil }
        if measure.measure == Epochs.about.id {
            return network.subject.epochs == nil
                ? "it counts epochs, and the index of the networks has no column 'epochs'" : nil
        }
        if reads.contains(.trainingHistory) {
            return "it reads how training went, of which nothing is known for networks from elsewhere"
        }
        if reads.contains(.initialWeights) {
            return "it reads the weights that training began from, which networks from elsewhere come without"
        }
        return nil
    }
}

/// Networks whose inputs or outputs are not those of the data.
public struct NetworksDoNotFitData: RequestError, Equatable {
    public let architecture: Architecture
    public let dataset: String
    public let inputs: Int
    public let classes: Int

    public var description: String {
        "The networks from elsewhere are \(architecture), and '\(dataset)' has \(inputs) pixels an image and "
            + "\(classes) classes. Name the data set that they were trained on (data.dataset)."
    }
}

/// Weights that the results file does not keep, of a study that is not at hand.
public struct ImportedWeightsUnavailable: RequestError, Equatable {
    public let seed: UInt64

    public var description: String {
        "The weights of seed \(seed) are in no file that this study names. Name the study by the path of its file, "
            + "beside which the index and the weights lie."
    }
}
