import Parameters

// Measures of the way that training took, as a study's `training.history` writes it down.

/// How long it took until the points were fitted to some loss.
public struct EpochsToLoss: Measure {
    public static let about = MeasureDescription(
        id: "epochs_to_loss", title: "Epochs until a training loss", family: "optimisation",
        formula: "the first epoch written down with L at or below loss",
        source: "after Jiang et al., arXiv 1912.02178 (optimisation-based measures: steps until the loss is 0.1)",
        invariances: Set(MeasureDescription.Invariance.allCases), reads: [.trainingHistory], predictedSign: .negative,
        effortUnit: "epochs",
        limits: """
            As coarse as the history: training may have been there at any epoch since the one before, told in the \
            details. Learning rates and batch sizes set it more than anything that was learnt.
            """,
        options: [
            Parameter("loss", numbers: 1e-9...1e9, default: 0.1, unit: "nats", "mean cross-entropy of the points")
        ])

    private let loss: Double

    public init(options: ParameterValues) { loss = options.number("loss") }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        let course = subject.history.course(of: .trainLoss)
        if let objection = subject.history.objection(course.count) { return .undefined(objection) }
        guard let place = course.firstIndex(where: { $0.value <= loss }) else {
            return .undefined(
                "the training loss was above \(ParameterValue.number(loss).description) at all \(course.count) epochs "
                    + "written down")
        }
        return MeasuredValue(
            Double(course[place].epoch), effort: course.count,
            details: place > 0 ? ["last_epoch_above": Double(course[place - 1].epoch)] : [:])
    }
}

/// The area under the curve of the training loss.
public struct TrainingSpeed: Measure {
    public static let about = MeasureDescription(
        id: "training_speed", title: "Training speed (sum of training losses)", family: "optimisation",
        formula: "Σ_t (L_t + L_(t+1))/2 over epochs, on straight lines between those written down",
        source: "after Ru et al., arXiv 2006.04492 (TSE); Lyle et al., arXiv 2010.14499",
        invariances: Set(MeasureDescription.Invariance.allCases), reads: [.trainingHistory], predictedSign: .negative,
        effortUnit: "epochs",
        limits: """
            Theirs adds up the batches' losses as training meets them; this one the loss over all training points \
            after each epoch. Networks that stop early add up over fewer epochs.
            """)

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        let course = subject.history.course(of: .trainLoss)
        if let objection = subject.history.objection(course.count) { return .undefined(objection) }
        let sum = zip(course, course.dropFirst()).reduce(0) { sum, step in
            sum + (step.0.value + step.1.value) / 2 * Double(step.1.epoch - step.0.epoch)
        }
        return MeasuredValue(sum, effort: course.count)
    }
}

/// The noise of the gradient over the last part of training.
public struct LateGradientNoise: Measure {
    public static let about = MeasureDescription(
        id: "late_gradient_noise", title: "Gradient noise at the end of training", family: "optimisation",
        formula: "mean of gradient_noise over what was written down in the last quarter of the epochs",
        source: "after Jiang et al., arXiv 1912.02178 (optimisation-based measures: variance of gradients)",
        invariances: Set(MeasureDescription.Invariance.allCases), reads: [.trainingHistory], predictedSign: .negative,
        effortUnit: "epochs",
        limits: "As gradient_noise, which it smooths over the epochs: needs a history with gradient_noise.")

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        let course = subject.history.course(of: .gradientNoise)
        if let objection = subject.history.objection(course.count, also: .gradientNoise) {
            return .undefined(objection)
        }
        let late = course.filter { 4 * $0.epoch >= 3 * (course.last?.epoch ?? 0) }.map(\.value)
        return MeasuredValue(late.reduce(0) { $0 + $1 / Double(late.count) }, effort: late.count)
    }
}

extension TrainingHistory {
    /// Why a measure of a quantity's course has no value; nil where it has one.
    fileprivate func objection(_ count: Int, also quantity: Quantity? = nil) -> String? {
        guard count == 0 else { return nil }
        let key = quantity.map { "also: [\($0.rawValue)] in " } ?? ""
        return "nothing was written down while this network was trained: \(key)training.history does that"
    }
}
