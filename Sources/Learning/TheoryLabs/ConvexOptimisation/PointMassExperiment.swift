import Foundation
import Measures
import Parameters
import Randomness

/// Gradient descent on f(w, i) = ½ (w_i - 1/sqrt n)², i uniform on n coordinates: its population risk is of order 1/n.
/// [O]
public struct PointMasses: Experiment {
    public static let about = ExperimentDescription(
        id: "sco-gd", title: "Gradient descent generalises at O(1/n)", source: "derived here, beside arXiv 2511.03548",
        model: "the iterate of gradient descent from 0, on n samples of n coordinates",
        settings: [
            Parameter("samples", integers: 1...2048, default: 64, "n: samples, and coordinates"),
            Parameter("steps", integers: 0...4096, default: 0, "T, updates; 0 for n"),
            Parameter("step_size", numbers: 1e-6...1, default: 1, "η"),
        ],
        limits: "A lower bound's instance: that O(1/n) is also enough is the paper's.")

    public struct Model: Sendable {
        package let weights: [Double]
        package let counts: [Int]
        let settings: PointMasses
    }

    package let (samples, steps): (Int, Int)
    package let stepSize: Double

    public init(_ settings: ParameterValues) throws(SettingsDisagree) {
        samples = settings.integer("samples")
        steps = settings.integer("steps") == 0 ? samples : settings.integer("steps")
        stepSize = settings.number("step_size")
    }

    /// w*_i = 1/sqrt n, of length 1.
    package var target: Double { 1 / Double(samples).squareRoot() }

    /// - Complexity: O(n T).
    public func model(seed: UInt64) throws(ModelFailed) -> Model {
        var stream = NativeStream(seed: seed).child("sample")
        var counts = [Int](repeating: 0, count: samples)
        for _ in 0..<samples { counts[Int(stream.below(UInt64(samples)))] += 1 }
        var weights = [Double](repeating: 0, count: samples)
        for _ in 0..<steps where !Task.isCancelled {
            for i in weights.indices {
                weights[i] -= stepSize * (Double(counts[i]) / Double(samples)) * (weights[i] - target)
            }
        }
        return Model(weights: weights, counts: counts, settings: self)
    }

    /// n E F = ½ E (1 - ηc/n)^2T, c from Bin(n, 1/n).
    ///
    /// - Complexity: O(n).
    package var expectedScaledRisk: Double {
        let n = Double(samples)
        var mass = pow(1 - 1 / n, n)
        if samples == 1 { return 0.5 * pow(1 - stepSize, Double(2 * steps)) }
        return (0...samples).reduce(0) { sum, c in
            let term = mass * pow(1 - stepSize * Double(c) / n, Double(2 * steps)) / 2
            mass *= Double(samples - c) / Double(c + 1) / (n - 1)
            return sum + term
        }
    }

    public static let measures: [LabMeasure<Model>] = [
        LabMeasure(.empiricalRisk) { $0.risk { Double($0) } },
        LabMeasure(.populationRisk) { $0.risk { _ in 1 } },
        LabMeasure(.scaledRisk) { Double($0.settings.samples) * $0.risk { _ in 1 } },
        LabMeasure(.scaledRiskExpected) { $0.settings.expectedScaledRisk },
        LabMeasure(.scaledRiskLimit) { _ in exp(-(1 - exp(-2))) / 2 },
        LabMeasure(.distanceFromStart) { norm($0.weights) },
    ]
}

extension PointMasses.Model {
    /// The mean of ½ (w_i - w*_i)² with a weight for each coordinate's count in the sample.
    fileprivate func risk(_ weight: (Int) -> Double) -> Double {
        let target = settings.target
        return zip(weights, counts).reduce(0) {
            $0 + weight($1.1) * ($1.0 - target) * ($1.0 - target) / 2
        } / Double(settings.samples)
    }
}
