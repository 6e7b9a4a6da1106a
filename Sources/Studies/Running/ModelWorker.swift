import Definitions
import Foundation
import Networks
import Results

/// Does one task at a time for a run: claims it, gets the network, measures it, writes it down.
struct ModelWorker: Sendable {
    let runner: StudyRunner
    let run: RunRecord.ID
    let provenance: Provenance

    enum Result {
        /// The model is in the results file, by this run or another.
        case done(accuracy: Double?, failed: Bool)
        case heldByAnother
    }

    var store: ResultsStore { runner.store }
    var study: StudyRecord.ID { runner.study.id }

    func finish(_ task: ModelTask) throws -> Result {
        guard try store.reserve(study: study, position: task.model.position, run: run) == .granted else {
            return .heldByAnother
        }
        do {
            return try work(task)
        } catch {
            // A claim that cannot be given back goes with the run.
            try? release(task)
            throw error
        }
    }

    /// Adding a model gives its claim back in the same transaction; whatever else is done gives it back here.
    private func work(_ task: ModelTask) throws -> Result {
        if let kept = task.kept {
            // Another run may have measured it since the task was made.
            let present = try store.measuredColumns(of: kept.id)
            let rest = task.without(present)
            let result = rest.isEmpty ? .done(accuracy: nil, failed: false) : try measure(rest, kept)
            try release(task)
            return result
        }
        // Another run may have been here since the task was made, with success or without.
        if let done = try store.model(of: study, at: task.model.position),
            done.outcome == .trained || done.runID != task.failedIn
        {
            try release(task)
            return .done(accuracy: nil, failed: done.outcome != .trained)
        }
        return try make(task)
    }

    private func release(_ task: ModelTask) throws {
        try store.release(study: study, position: task.model.position, run: run)
    }

    private func make(_ task: ModelTask) throws -> Result {
        switch task.model.configuration.model {
        case .network(let network): try train(task, network)
        case .lab(let lab): try make(task, of: lab)
        }
    }

    private func measure(_ task: ModelTask, _ kept: ModelTask.Kept) throws -> Result {
        switch task.model.configuration.model {
        case .network(let network): try measure(task, kept, network)
        case .lab(let lab): try measure(task, kept, of: lab)
        }
    }

    /// What is written down of any model; whether it could be made, its epochs and its weights are added.
    func newModel(_ planned: PlannedModel, hyperparameters: String) throws -> NewModel {
        NewModel(
            position: planned.position, label: planned.label, digest: try planned.digest,
            trainingDigest: try planned.trainingDigest, variant: planned.configuration.rescaling?.description,
            seed: planned.seed, regime: planned.configuration.regime, hyperparameters: hyperparameters)
    }

    // MARK: Networks

    private func maker(_ network: NetworkModelSpecification) -> NetworkMaker {
        NetworkMaker(
            store: store, network: network, material: runner.materials.material(of: network.data),
            provenance: provenance, checkpointInterval: runner.options.checkpointInterval)
    }

    private func train(_ task: ModelTask, _ network: NetworkModelSpecification) throws -> Result {
        let (planned, maker) = (task.model, maker(network))
        let architecture = maker.material.architecture(network.shape)
        var model = try newModel(
            planned, hyperparameters: planned.configuration.hyperparameters(architecture: "\(architecture)"))
        switch try maker.make(planned) {
        case .failed(let reason, let seconds):
            model.outcome = .failed(reason: reason)
            model.seconds = seconds
            try store.add(model, study: study, run: run)
            runner.logger.warning("\(model.label) failed: \(reason)")
            return .done(accuracy: nil, failed: true)
        case .network(let trained, let epochs, let seconds, let trainedBy):
            model.epochs = epochs
            model.seconds = seconds
            model.trainedBy = trainedBy
            // One that another model keeps, or is a copy of one, is found by its training digest.
            let isKeptElsewhere = trainedBy != nil || model.variant != nil
            model.weights = isKeptElsewhere || runner.options.discardWeights ? nil : [UInt8](trained.safetensors())
            let findings = task.measure(rescaled(trained, planned), epochs: epochs, on: maker.material)
            try store.add(model, measurements: findings.measurements, kept: findings.kept, study: study, run: run)
            runner.logger.debug("\(model.label) finished after \(epochs) epochs")
            return .done(accuracy: accuracy(findings), failed: false)
        }
    }

    private func measure(
        _ task: ModelTask, _ kept: ModelTask.Kept, _ specification: NetworkModelSpecification
    ) throws -> Result {
        let maker = maker(specification)
        let network = rescaled(try keptNetwork(task, kept, maker), task.model)
        let findings = task.measure(network, epochs: kept.epochs, on: maker.material)
        try store.add(findings.measurements, to: kept.id, kept: findings.kept, run: run)
        return .done(accuracy: accuracy(findings), failed: false)
    }

    /// The network as the results file has it, or trained again from its seed where weights were not kept.
    private func keptNetwork(_ task: ModelTask, _ kept: ModelTask.Kept, _ maker: NetworkMaker) throws -> Network {
        if kept.hasWeights, let weights = try store.weights(of: kept.id) {
            do {
                return try Network(safetensors: Data(weights))
            } catch {
                throw store.damagedWeights(of: kept.id, reason: error.description)
            }
        }
        guard case .network(let network, let epochs, _, _) = try maker.make(task.model), epochs == kept.epochs else {
            throw NetworkNotReproduced(study: runner.study.name, seed: task.model.seed)
        }
        return network
    }

    private func rescaled(_ network: Network, _ model: PlannedModel) -> Network {
        guard let rescaling = model.configuration.rescaling else { return network }
        return network.rescaled(layer: rescaling.layer, by: Float(rescaling.factor))
    }

    private func accuracy(_ findings: ModelTask.Findings) -> Double? {
        findings.measurements.first { $0.measure == "test_accuracy" }?.value
    }
}
