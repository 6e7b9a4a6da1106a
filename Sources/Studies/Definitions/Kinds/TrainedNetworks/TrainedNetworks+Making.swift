import Foundation
import Measures
import Networks
import Parameters

/// Gets a network: from wherever any study keeps it, else from its checkpoint, else from its seed.
struct NetworkMaker: ModelMaker {
    let networks: TrainedNetworks
    let material: StudyMaterial

    var architecture: Architecture { material.architecture(networks.shape) }

    var facts: [String: ParameterValue] {
        networks.facts.merging(["architecture": .word("\(architecture)")]) { $1 }
    }

    func make(_ planned: PlannedModel, at workplace: any Workplace) throws -> MadeModel {
        let isSnapshot = planned.configuration.variant?.epoch != nil
        let digest = try isSnapshot ? planned.digest : planned.trainingDigest
        let found = try workplace.kept(digest, circumstances: material.digests, history: networks.history) { weights in
            try keptNetwork(weights)
        }
        if let found { return made(TrainedNetwork(found), planned, keptBy: found.run) }
        let training = TrainingInProgress(self, planned, at: workplace)
        return made(try isSnapshot ? training.snapshot() : training.network(), planned, keptBy: nil)
    }

    func model(
        _ planned: PlannedModel, weights: [UInt8], epochs: Int?, history: TrainingHistory
    ) throws -> any MeasurableModel {
        MeasurableNetwork(
            subject: subject(
                TrainedNetwork(network: try keptNetwork(weights), epochs: epochs ?? 0, seconds: 0, history: history),
                planned))
    }

    /// The network of kept weights, which must be one of the study's.
    func keptNetwork(_ weights: [UInt8]) throws -> Network {
        try Network(kept: weights, of: architecture)
    }

    private func made(_ trained: TrainedNetwork, _ planned: PlannedModel, keptBy: Int64?) -> MadeModel {
        MadeModel(
            MeasurableNetwork(subject: subject(trained, planned)), epochs: trained.epochs, seconds: trained.seconds,
            weights: { [UInt8](trained.network.safetensors()) }, keptBy: keptBy, history: trained.history)
    }

    /// The network, or what is made of it without training, as measures see it.
    private func subject(_ trained: TrainedNetwork, _ planned: PlannedModel) -> Subject {
        var network = trained.network
        if case .rescaled(let rescaling)? = planned.configuration.variant {
            network = network.rescaled(layer: rescaling.layer, by: Float(rescaling.factor))
        }
        return material.subject(
            network, of: networks, position: planned.position, seed: planned.seed, epochs: trained.epochs,
            history: trained.history)
    }
}

extension Network {
    /// The network of kept weights, which must have this architecture.
    ///
    /// - Throws: `WeightsDamaged`.
    init(kept weights: [UInt8], of architecture: Architecture) throws {
        do {
            try self.init(safetensors: Data(weights))
        } catch {
            throw WeightsDamaged(reason: error.description)
        }
        guard self.architecture == architecture else {
            throw WeightsDamaged(
                reason: "they are those of \(self.architecture), the study's networks are \(architecture)")
        }
    }
}

/// A network as far as its training has come.
struct TrainedNetwork {
    let network: Network
    let epochs: Int
    /// Of training alone.
    let seconds: Double
    let history: TrainingHistory
}

extension TrainedNetwork {
    init(_ kept: KeptModel<Network>) {
        self.init(network: kept.model, epochs: kept.epochs, seconds: kept.seconds, history: kept.history)
    }
}

/// A network with the points that measures may read.
struct MeasurableNetwork: MeasurableModel {
    let subject: Subject

    /// What the measures take, once.
    func cost(of measures: StudyMeasures) -> (seconds: Double, bytes: Int) {
        let start = ContinuousClock.now
        let kept = findings(of: measures).kept.values.reduce(0) { $0 + $1.count }
        let rows = measures.single.count + measures.population.count
        return ((ContinuousClock.now - start) / .seconds(1), kept + rows * ModelCost.measurementBytes)
    }

    func findings(of measures: StudyMeasures) -> ModelFindings {
        ModelFindings(
            taken: measures.single.map { specification in
                let start = ContinuousClock.now
                let value: MeasuredValue
                do {
                    value = try MeasureCatalogue.measure(specification.measure)
                        .init(stating: specification.options).evaluate(subject)
                } catch {
                    value = MeasuredValue(.undefined, reason: "\(error)")
                }
                return .init(
                    column: specification.column, value: value, seconds: (ContinuousClock.now - start) / .seconds(1))
            },
            kept: Dictionary(
                uniqueKeysWithValues: measures.population.compactMap { specification in
                    MeasureCatalogue.populationMeasure(specification.measure).map {
                        (specification.column, $0.init(stating: specification.options).keep(subject))
                    }
                }))
    }
}
