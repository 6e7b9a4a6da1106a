import Foundation
import Measures
import Networks
import Parameters
import Randomness
import Training

/// Gets a network: from wherever any study keeps it, else from its checkpoint, else from its seed.
struct NetworkMaker: ModelMaker {
    let networks: TrainedNetworks
    let material: StudyMaterial

    private var architecture: Architecture { material.architecture(networks.shape) }

    var facts: [String: ParameterValue] {
        networks.facts.merging(["architecture": .word("\(architecture)")]) { $1 }
    }

    func make(_ planned: PlannedModel, at workplace: any Workplace) throws -> MadeModel {
        let digest = try planned.trainingDigest
        let found = try workplace.kept(digest, circumstances: material.digests) { weights in
            try keptNetwork(weights)
        }
        if let found {
            return made(found.model, planned, epochs: found.epochs, seconds: found.seconds, keptBy: found.run)
        }
        let (network, epochs, seconds) = try train(planned, digest: digest, at: workplace)
        return made(network, planned, epochs: epochs, seconds: seconds, keptBy: nil)
    }

    func model(_ planned: PlannedModel, weights: [UInt8], epochs: Int?) throws -> any MeasurableModel {
        subject(try keptNetwork(weights), planned, epochs: epochs ?? 0)
    }

    /// The network of kept weights, which must be one of the study's.
    private func keptNetwork(_ weights: [UInt8]) throws -> Network {
        let network: Network
        do {
            network = try Network(safetensors: Data(weights))
        } catch {
            throw WeightsDamaged(reason: error.description)
        }
        guard network.architecture == architecture else {
            throw WeightsDamaged(
                reason: "they are those of \(network.architecture), the study's networks are \(architecture)")
        }
        return network
    }

    private func made(
        _ network: Network, _ planned: PlannedModel, epochs: Int, seconds: Double, keptBy: Int64?
    ) -> MadeModel {
        MadeModel(
            subject(network, planned, epochs: epochs), epochs: epochs, seconds: seconds,
            weights: { [UInt8](network.safetensors()) }, keptBy: keptBy)
    }

    /// The network, or what is made of it without training, as measures see it.
    private func subject(_ network: Network, _ planned: PlannedModel, epochs: Int) -> MeasurableNetwork {
        let copy = planned.configuration.rescaling.map { network.rescaled(layer: $0.layer, by: Float($0.factor)) }
        return MeasurableNetwork(
            subject: material.subject(
                copy ?? network, of: networks, position: planned.position, seed: planned.seed, epochs: epochs))
    }

    // MARK: Training

    /// Trains the network from its seed, or goes on from its checkpoint.
    private func train(
        _ planned: PlannedModel, digest: String, at workplace: any Workplace
    ) throws -> (Network, epochs: Int, seconds: Double) {
        let (training, recipe) = (networks.training, networks.training.recipe)
        let clock = ContinuousClock()
        let start = clock.now
        var network = networks.initialNetwork(seed: planned.seed, on: material)
        let checkpoint = try workplace.checkpoint(digest, circumstances: material.digests)
        let progress = checkpoint.flatMap { usable($0, recipe: recipe) }
        let secondsBefore = progress == nil ? 0 : checkpoint?.seconds ?? 0
        var seconds: Double { secondsBefore + (clock.now - start) / .seconds(1) }
        var order = training.order.permutations(seed: planned.seed, purpose: "epoch-order")
        var (savedAt, failure) = (clock.now, (any Error)?.none)
        do {
            let outcome = try network.train(
                on: material.training, recipe: recipe, order: &order,
                noise: NativeStream(seed: planned.seed).child("training-noise"), goingOnFrom: progress
            ) { epochs, progress in
                let isCancelled = Task.isCancelled
                let isDue = (clock.now - savedAt) / .seconds(1) >= workplace.checkpointInterval
                // A network of a second or two is sooner trained again than looked up.
                guard isDue || (isCancelled && seconds > 2) else { return !isCancelled }
                do {
                    try workplace.save(
                        Checkpoint(epochs: epochs, seconds: seconds, state: progress().bytes), digest,
                        circumstances: material.digests)
                    savedAt = clock.now
                } catch {
                    failure = error
                }
                return !isCancelled && failure == nil
            }
            return (network, outcome.epochs, seconds)
        } catch .cancelled {
            throw failure ?? CancellationError()
        } catch {
            throw ModelNotMade(reason: error.description, seconds: seconds)
        }
    }

    /// A checkpoint that does not fit is none: the network is trained from its seed.
    private func usable(_ checkpoint: Checkpoint, recipe: Recipe) -> TrainingProgress? {
        guard checkpoint.epochs > 0, checkpoint.epochs < recipe.maximumEpochs else { return nil }
        return TrainingProgress(
            checkpoint.state, epochs: checkpoint.epochs, architecture: architecture, rule: recipe.rule)
    }
}

/// A network with the points that measures may read.
struct MeasurableNetwork: MeasurableModel {
    let subject: Subject

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
