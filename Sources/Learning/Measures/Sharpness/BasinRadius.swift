import Foundation
import Networks
import Parameters
import Randomness

/// How far the loss stays low along random directions, each row of weights as long as the network's: the mean logarithm
/// of the least factor at which it has risen by 0.1.
///
/// - Complexity: some 32 forward passes a direction.
public struct BasinRadius: Measure {
    public static let about = MeasureDescription(
        id: "basin_radius", title: "Basin radius along filter-normalised directions", family: "sharpness",
        formula: "mean over directions d of ln t, t = 2^s the least with L(θ + t d) ≥ L(θ) + 0.1",
        source: "Huang et al., arXiv 1906.03291; directions of Li et al., arXiv 1712.09913",
        invariances: [.layerRescaling, .permutation], reads: [.trainingInputs, .trainingLabels],
        predictedSign: .positive, effortUnit: "directions",
        limits: "An estimate: permuting units leaves its law, not its draws. Beyond the first rise it does not look.",
        options: [
            Parameter("directions", integers: 2...1_000_000, default: 32, "random directions"), .points(2048), .seed,
            .gauge,
        ])

    private static let rise = 0.1
    private let count: Int
    private let choice: ViewChoice
    private let seed: UInt64

    public init(options: ParameterValues) {
        count = options.integer("directions")
        choice = ViewChoice(options)
        seed = UInt64(options.integer("seed"))
    }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured(choice) { view in
            var stream = subject.stream(Self.about.id, seed: seed)
            let (theta, surface) = (view.network.parameters, view.lossSurface)
            let base = surface.loss(at: theta)
            var radii: [Double] = []
            for _ in 0..<count {
                let direction = Self.filterNormalised(theta.map { _ in stream.normal() }, view)
                func rises(_ logarithm: Double) -> Bool {
                    let factor = exp2(logarithm)
                    return surface.loss(at: zip(theta, direction).map { $0 + factor * $1 }) - base >= Self.rise
                }
                guard let first = (-10...10).first(where: { rises(Double($0)) }), first > -10 else {
                    return .undefined("the loss does not rise by 0.1 within 2^-10 to 2^10 of a direction")
                }
                var (low, high) = (Double(first) - 1, Double(first))
                for _ in 0..<20 {
                    let middle = (low + high) / 2
                    if rises(middle) { high = middle } else { low = middle }
                }
                radii.append(log(2) * (low + high) / 2)
            }
            let (mean, error) = meanAndError(radii)
            return MeasuredValue(mean, standardError: error, effort: count)
        }
    }

    /// Each row of weights as long as the network's, each bias in proportion to its size.
    private static func filterNormalised(_ noise: [Double], _ view: PointView) -> [Double] {
        var direction = noise
        let parameters = view.network.parameters
        for layer in view.layers {
            for row in 0..<layer.outputs {
                let range = layer.row(row)
                let length = sumOfSquares(parameters, range).squareRoot()
                let factor = length / sumOfSquares(noise, range).squareRoot()
                for place in range { direction[place] *= factor }
                direction[layer.biasOffset + row] *= abs(parameters[layer.biasOffset + row])
            }
        }
        return direction
    }
}
