import Definitions
import Foundation
import Measures
import Parameters
import Results

/// Does one task at a time for a run: reserves it, gets the model, measures it, writes it down.
struct ModelWorker: Sendable {
    let runner: StudyRunner
    let run: RunRecord.ID
    let workplace: StoreWorkplace
    /// Of the study's definition.
    let unsaidFacts: [[String: ParameterValue]]

    enum Result {
        /// The model is in the results file, by this run or another.
        case done(accuracy: Double?, failed: Bool)
        case heldByAnother
    }

    private var store: ResultsStore { runner.store }
    private var study: StudyRecord.ID { runner.study.id }

    func finish(_ task: ModelTask) throws -> Result {
        guard try store.reserve(study: study, position: task.model.position, run: run) == .granted else {
            return .heldByAnother
        }
        do {
            return try work(task)
        } catch {
            // A reservation that cannot be given back goes with the run.
            try? release(task)
            throw error
        }
    }

    /// Adding a model gives its reservation back in the same transaction; whatever else is done gives it back here.
    private func work(_ task: ModelTask) throws -> Result {
        if let kept = task.kept {
            // Another run may have measured it since the task was made.
            let present = try store.measuredColumns(of: kept.id)
            let rest = task.without(present)
            let result = rest.measures.isEmpty ? .done(accuracy: nil, failed: false) : try measure(rest, kept)
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

    private func maker(of task: ModelTask) throws -> any ModelMaker {
        try task.model.configuration.model.kind.prepared(on: runner.materials)
    }

    /// Makes a model, measures it and writes it down.
    private func make(_ task: ModelTask) throws -> Result {
        let maker = try maker(of: task)
        var model = try newModel(task.model, maker)
        do {
            let made = try maker.make(task.model, at: workplace)
            model.epochs = made.epochs
            model.seconds = made.seconds
            model.trainedBy = made.keptBy.map { RunRecord.ID($0) }
            // What a copy is made of lies with its network.
            let isComputed = task.model.configuration.variant?.isComputed == true
            if !isComputed {
                // Their digest stays, also of weights that are not kept. One that another model keeps is found by its
                // digest.
                model.weights = made.weights?()
                if made.keptBy != nil || runner.options.discardWeights { model.weights = nil }
            }
            let findings = try made.model.findings(of: task.measures)
            try store.add(
                model, measurements: findings.taken.map(MeasurementRecord.init), kept: findings.kept,
                history: isComputed ? TrainingHistory() : made.history, study: study, run: run)
            runner.logger.debug("\(model.label) finished\(made.epochs.map { " after \($0) epochs" } ?? "")")
            return .done(accuracy: testAccuracy(findings, of: task), failed: false)
        } catch let failure as ModelNotMade {
            model.outcome = .failed(reason: failure.reason)
            model.seconds = failure.seconds
            try store.add(model, study: study, run: run)
            runner.logger.warning("\(model.label) failed: \(failure.reason)")
            return .done(accuracy: nil, failed: task.model.configuration.variant?.epoch == nil)
        }
    }

    /// What is written down of any model; whether it could be made, its epochs and its weights are added.
    private func newModel(_ planned: PlannedModel, _ maker: any ModelMaker) throws -> NewModel {
        NewModel(
            position: planned.position, label: planned.label, digest: try planned.digest,
            trainingDigest: try planned.trainingDigest, variant: planned.configuration.variant?.description,
            seed: planned.seed, regime: planned.configuration.regime,
            hyperparameters: try planned.configuration.hyperparameters(maker.facts, unsaid: unsaidFacts))
    }

    /// Takes more measures of a model that the results file has.
    private func measure(_ task: ModelTask, _ kept: ModelTask.Kept) throws -> Result {
        let findings = try keptModel(task, kept).findings(of: task.measures)
        try store.add(findings.taken.map(MeasurementRecord.init), to: kept.id, kept: findings.kept, run: run)
        return .done(accuracy: testAccuracy(findings, of: task), failed: false)
    }

    /// The model as the results file has it, or made again from its seed where nothing was kept.
    private func keptModel(_ task: ModelTask, _ kept: ModelTask.Kept) throws -> any MeasurableModel {
        let maker = try maker(of: task)
        let found =
            kept.hasWeights
            ? try store.weights(of: kept.id) {
                try maker.model(task.model, weights: $0, epochs: kept.epochs, history: store.history(of: kept.id))
            } : nil
        if let found { return found }
        let made: MadeModel
        do {
            made = try maker.make(task.model, at: workplace)
        } catch is ModelNotMade {
            throw NetworkNotReproduced(study: runner.study.name, seed: task.model.seed)
        }
        guard made.epochs == kept.epochs else {
            throw NetworkNotReproduced(study: runner.study.name, seed: task.model.seed)
        }
        // What was saved on the way, in case that it was broken off.
        try store.deleteCheckpoint(ofNetwork: try task.model.trainingDigest)
        return made.model
    }

    /// What is told of a network while the run goes on, under whatever column; of a snapshot nothing.
    private func testAccuracy(_ findings: ModelFindings, of task: ModelTask) -> Double? {
        guard task.model.configuration.variant?.epoch == nil else { return nil }
        let column = task.measures.single.first { $0.about?.roles.contains(.testAccuracy) == true }?.column
        return findings.taken.first { $0.column == column }?.value.value
    }
}

extension MeasurementRecord {
    /// A measurement that was just taken.
    init(_ taken: ModelFindings.Taken) {
        self.init(taken.value, column: taken.column, seconds: taken.seconds)
    }

    init(_ result: MeasuredValue, column: String, seconds: Double) {
        if let value = result.value {
            self.init(
                measure: column, value: value, standardError: result.standardError, effort: result.effort,
                seconds: seconds, reason: result.reason, detail: result.details)
        } else {
            self.init(
                measure: column, status: result.status, reason: result.reason ?? "no reason was given",
                effort: result.effort, seconds: seconds, detail: result.details)
        }
    }
}
