import Foundation
import Parameters

/// How the learning rate goes along a training, beside its drops: a warm-up, then a course.
public struct LearningRateSchedule: Sendable, Hashable {
    public enum Course: String, Sendable, Hashable, CaseIterable {
        case constant
        /// Half a cosine from the learning rate down to its floor (Loshchilov and Hutter, arXiv 1608.03983, without
        /// restarts; PyTorch's `CosineAnnealingLR`).
        case cosine
    }

    /// When the learning rate changes.
    public enum Pace: String, Sendable, Hashable, CaseIterable {
        case epoch, step
    }

    public var course: Course
    /// Epochs in which the learning rate rises by equal parts, to be itself in the last of them (Goyal et al.,
    /// arXiv 1706.02677; PyTorch's `LinearLR`); the course follows.
    public var warmUp: Int
    /// Where the cosine would be after the last epoch or step, as a share of the learning rate.
    public var floor: Double
    public var pace: Pace

    public init(course: Course = .constant, warmUp: Int = 0, floor: Double = 0, pace: Pace = .epoch) {
        self.course = course
        self.warmUp = warmUp
        self.floor = floor
        self.pace = pace
    }

    /// What a study file may say of it.
    public static let parameters = [
        Parameter("schedule", default: Course.constant, "the learning rate's course over the training"),
        Parameter(
            "warm_up", integers: 0...Int.max, default: 0, unit: "epochs",
            "epochs in which the learning rate first rises by equal parts"),
        Parameter(
            "schedule_floor", numbers: 0...1, default: 0, "where a cosine ends, as a share of the learning rate"),
        Parameter(
            "schedule_pace", default: Pace.epoch, "whether the learning rate changes by the epoch or by the step"),
    ]

    public init(_ values: ParameterValues) {
        self.init(
            course: values.choice("schedule"), warmUp: values.integer("warm_up"),
            floor: values.number("schedule_floor"), pace: values.choice("schedule_pace"))
    }

    /// What the learning rate is multiplied by.
    ///
    /// - Parameters:
    ///   - step: of the epoch; both count from 0.
    ///   - steps: of an epoch.
    ///   - epochs: of the training, where nothing ends it early.
    func factor(epoch: Int, step: Int, steps: Int, epochs: Int) -> Double {
        // Counted in epochs, or in steps of the whole training, of which there may be more than a whole number holds.
        let unit = pace == .epoch ? 1 : Double(steps)
        let place = pace == .epoch ? Double(epoch) : Double(epoch) * unit + Double(step)
        let rise = Double(warmUp) * unit
        if place < rise { return (place + 1) / rise }
        switch course {
        case .constant: return 1
        case .cosine:
            let share = (place - rise) / (Double(epochs) * unit - rise)
            return floor + (1 - floor) * (1 + cos(.pi * share)) / 2
        }
    }
}
