import Foundation
import Parameters

/// L times the geometric mean of the layers' Hessian traces: the least trace over rescalings of whole layers.
public struct MinimumSharpness: Measure {
    public static let about = MeasureDescription(
        id: "minimum_sharpness", title: "Minimum sharpness", family: "sharpness",
        formula: "L (Π_l tr H_{W_l})^{1/L}, weights only",
        source: "Ibayashi et al., arXiv 2106.12612",
        invariances: [.layerRescaling, .permutation], reads: [.trainingInputs], predictedSign: .negative,
        effortUnit: "points", limits: "hessian_trace_orbit_minimum does the same neuron by neuron.", options: [.gauge])

    private let choice: ViewChoice

    public init(options: ParameterValues) { choice = ViewChoice(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured(choice) { view in
            let traces = view.layers.map { view.hessianDiagonal.values[$0.weights].reduce(0, +) }
            let depth = Double(traces.count)
            // Each to its root first: the product of many may leave the range of numbers.
            return MeasuredValue(depth * traces.reduce(1) { $0 * pow($1, 1 / depth) }, effort: view.count)
        }
    }
}
