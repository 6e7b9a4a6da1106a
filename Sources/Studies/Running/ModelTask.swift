import Foundation
import Measures
import Networks
import Randomness
import Results
import Training

/// One network to be trained and measured, or only measured: a pure function of the study's definition and its seed.
struct ModelTask: Sendable {
    let position: Int
    let seed: UInt64
    /// A model that the results file has already, with its weights if it kept them.
    var kept: Kept?
    let measures: [PreparedMeasure]

    struct Kept: Sendable {
        let id: ModelRecord.ID
        let epochs: Int
        let hasWeights: Bool
    }

    /// What training this task's network gave.
    enum Trained {
        case network(Network, TrainingOutcome, seconds: Double)
        case failed(reason: String, seconds: Double)
    }

    /// Trains the network from its seed.
    ///
    /// - Throws: `CancellationError` when `isCancelled` says so; the network is dropped.
    func train(
        _ definition: StudySpecification.Definition, on material: StudyMaterial, isCancelled: () -> Bool
    ) throws -> Trained {
        let clock = ContinuousClock()
        let start = clock.now
        var weights = definition.training.initialisation.weights(seed: seed)
        var network = Network(architecture: material.architecture, initialisedFrom: &weights)
        var order = definition.training.order.permutations(seed: seed, purpose: "epoch-order")
        do {
            let outcome = try network.train(
                on: material.training, recipe: definition.training.recipe, order: &order, isCancelled: isCancelled)
            return .network(network, outcome, seconds: (clock.now - start).inSeconds)
        } catch .cancelled {
            throw CancellationError()
        } catch {
            return .failed(reason: error.description, seconds: (clock.now - start).inSeconds)
        }
    }

    /// Takes this task's measures of a trained network.
    func measure(_ network: Network, epochs: Int, on material: StudyMaterial) -> [MeasurementRecord] {
        let subject = Subject(
            network: network, training: material.training, test: material.test, unseen: material.unseen,
            probes: material.probes, position: position, seed: seed, epochs: epochs)
        return measures.map { $0.record(of: subject) }
    }
}
