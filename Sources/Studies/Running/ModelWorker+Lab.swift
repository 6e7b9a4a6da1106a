import Definitions
import Results
import TheoryLabs

extension ModelWorker {
    /// Makes a lab's model, measures it and writes it down.
    func make(_ task: ModelTask, of lab: LabSpecification) throws -> Result {
        var model = try newModel(task.model, hyperparameters: task.model.configuration.hyperparameters())
        do {
            let (findings, seconds) = try task.measure(lab.prepared())
            model.seconds = seconds
            try store.add(model, measurements: findings.measurements, kept: findings.kept, study: study, run: run)
            return .done(accuracy: nil, failed: false)
        } catch let failure as ModelFailed {
            model.outcome = .failed(reason: failure.description)
            try store.add(model, study: study, run: run)
            runner.logger.warning("\(model.label) failed: \(failure)")
            return .done(accuracy: nil, failed: true)
        }
    }

    /// Takes more measures of a lab's model, which is made again: it is a function of its settings and its seed.
    func measure(_ task: ModelTask, _ kept: ModelTask.Kept, of lab: LabSpecification) throws -> Result {
        let (findings, _) = try task.measure(lab.prepared())
        try store.add(findings.measurements, to: kept.id, kept: findings.kept, run: run)
        return .done(accuracy: nil, failed: false)
    }
}

extension ModelTask {
    /// What the measures make of the model that an experiment makes of the task's seed, and the seconds of making it.
    ///
    /// - Throws: `ModelFailed`.
    fileprivate func measure(_ experiment: any Experiment) throws -> (Findings, seconds: Double) {
        let (values, seconds) = try experiment.measurements(of: measures.map(\.id), seed: model.seed)
        let records = zip(measures, values).map { measure, found in
            MeasurementRecord(found.value, column: measure.column, seconds: found.seconds)
        }
        return (Findings(measurements: records, kept: [:]), seconds)
    }
}
