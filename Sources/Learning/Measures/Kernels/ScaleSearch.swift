import Foundation

/// The scale of a change of the parameters at which the training accuracy falls by 0.1, by bisection of its logarithm.
struct ScaleSearch {
    /// Why there is none.
    enum Failure: Error {
        case nearChance, noFall, fallsAtOnce

        var reason: String {
            switch self {
            case .nearChance: "the training accuracy is too near to chance to fall by 0.1"
            case .noFall: "no noise lowers the training accuracy by 0.1"
            case .fallsAtOnce: "the least noise lowers the training accuracy by more than 0.1"
            }
        }
    }

    static let steps = 12
    private static let fall = 0.1

    /// log2 of the scale: the middle of what is left of a range after 12 halvings.
    ///
    /// - Parameter falls: whether the training accuracy does so at log2 of a scale; see `falls(_:of:)`.
    static func logarithm(in range: ClosedRange<Double>, _ falls: (Double) -> Bool) throws(Failure) -> Double {
        guard falls(range.upperBound) else { throw .noFall }
        if falls(range.lowerBound) { throw .fallsAtOnce }
        var (low, high) = (range.lowerBound, range.upperBound)
        for _ in 0..<steps {
            let middle = (low + high) / 2
            if falls(middle) { high = middle } else { low = middle }
        }
        return (low + high) / 2
    }

    /// Whether so many right answers lost, of all that were asked for, are a fall of the accuracy by more than 0.1.
    static func falls(_ lost: Int, of answers: Int) -> Bool { Double(lost) / Double(answers) > fall }

    /// - Throws: where 0.1 less would be at chance.
    static func check(_ view: PointView) throws(Failure) {
        guard Double(view.correct) / Double(max(view.count, 1)) - fall > 1 / Double(view.classes) else {
            throw .nearChance
        }
    }
}
