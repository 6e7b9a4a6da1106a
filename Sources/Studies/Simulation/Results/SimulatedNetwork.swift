import Foundation
import Randomness
import Results

/// What is drawn for the network at one position: a pure function of the study's seed and the position.
///
/// Positions go round the configurations, so that networks of all of them are among the first ones. The target is
/// 0.85 + 0.02 (0.5 r + 0.3 g + 0.2 w + z), rounded to one of 10,000 test images: r, g and w are -1, 0 or 1 and tell
/// the regime, the learning rate and the width.
struct SimulatedNetwork {
    /// Two regimes, each with three learning rates and two widths.
    static let configurations: [(regime: String, learningRate: Double, width: Int)] =
        ["small-batch", "large-batch"].flatMap { regime in
            [0.05, 0.1, 0.2].flatMap { rate in [16, 32].map { (regime, rate, $0) } }
        }

    /// How many fail.
    static let failedShare = 0.005

    let configuration: Int
    let seed: UInt64
    /// Why it has no measurements; nil for one that was trained.
    let failure: String?
    let measurements: [MeasurementRecord]

    /// - Parameter root: the study's stream.
    init(position: Int, columns: [SimulatedColumn], root: NativeStream) {
        var stream = root.child(UInt64(position))
        configuration = position % Self.configurations.count
        seed = UInt64(position / Self.configurations.count)
        let (regime, rate, width) = Self.configurations[configuration]
        let r = regime == "small-batch" ? -1.0 : 1
        let g = rate == 0.05 ? -1.0 : rate == 0.1 ? 0 : 1
        let w = width == 16 ? -1.0 : 1
        let z = stream.normal()
        let quality = 0.5 * r + 0.3 * g + 0.2 * w + z
        let failureDraw = stream.unit()
        guard failureDraw >= Self.failedShare else {
            failure = "loss is not finite after epoch \(Int(failureDraw / Self.failedShare * 100) + 1)"
            measurements = []
            return
        }
        failure = nil
        measurements = columns.map { column in
            // Every column takes the same draws, whatever becomes of them.
            let (e, error, definedDraw) = (stream.normal(), stream.normal(), stream.unit())
            guard definedDraw >= column.undefinedShare else {
                return MeasurementRecord(
                    measure: column.name, status: .undefined, reason: "undefined in the simulation")
            }
            let value =
                switch column.truth {
                case .target: ((0.85 + 0.02 * quality) * 10_000).rounded() / 10_000
                case .causal(let a): 10 + a * z + (1 - a * a).squareRoot() * e
                case .confounded(let b): 10 + b * r + e
                case .noise: 10 + e
                case .leaking: 10 - quality + 0.1 * e
                }
            guard column.standardError > 0 else { return MeasurementRecord(measure: column.name, value: value) }
            return MeasurementRecord(
                measure: column.name, value: value + column.standardError * error, standardError: column.standardError,
                effort: 30)
        }
    }

    /// As the results file keeps it: a JSON object with sorted keys.
    var hyperparameters: String {
        let (_, rate, width) = Self.configurations[configuration]
        return #"{"learning_rate":\#(rate),"width":\#(width)}"#
    }
}
