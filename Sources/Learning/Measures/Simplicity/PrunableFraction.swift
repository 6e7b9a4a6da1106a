import Networks
import Parameters

/// The share of the weights that can be set to 0, smallest first, before a right answer on the training points is lost.
///
/// Weights are compared by their size over their layer's root mean square, so that rescaling a layer changes nothing.
///
/// - Complexity: up to 40 forward passes and a sort of the weights.
public struct PrunableFraction: Measure {
    public static let about = MeasureDescription(
        id: "prunable_fraction", title: "Prunable fraction", family: "simplicity",
        formula: "k/256: the ⌊kN/256⌋ weights of least |w|/rms(W_l) are 0 and no right answer is lost",
        source: "Kuhn et al., arXiv 2103.06002 (there the loss is kept)",
        invariances: [.layerRescaling, .permutation, .outputScaling], reads: [.trainingInputs, .trainingLabels],
        predictedSign: .positive, effortUnit: "points",
        limits: "In steps of 1/256; it stops at the first loss of a right answer. Biases are kept.",
        options: [.points(), .seed, .gauge])

    private let choice: ViewChoice

    public init(options: ParameterValues) { choice = ViewChoice(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured(choice) { view in
            let pruning = Pruning(view.network)
            func keeps(_ k: Int) -> Bool {
                view.lossSurface.correct(at: pruning.parameters(without: k * pruning.count / 256)) >= view.correct
            }
            var k = 0
            while k + 8 < 256, keeps(k + 8) { k += 8 }
            let end = min(k + 8, 256)
            while k + 1 < end, keeps(k + 1) { k += 1 }
            return MeasuredValue(Double(k) / 256, effort: view.count)
        }
    }
}

/// A network's weights by their size over their layer's root mean square.
private struct Pruning {
    private let network: Float64Network
    /// In the order of the weights.
    private let sizes: [Double]
    private let places: [Int]
    private let sorted: [Double]

    var count: Int { sizes.count }

    init(_ network: Float64Network) {
        self.network = network
        var (sizes, places): ([Double], [Int]) = ([], [])
        for layer in network.architecture.layers {
            let mean = sumOfSquares(network.parameters, layer.weights) / Double(layer.weightCount)
            let root = mean > 0 ? mean.squareRoot() : 1
            for place in layer.weights {
                sizes.append(abs(network.parameters[place]) / root)
                places.append(place)
            }
        }
        (self.sizes, self.places, sorted) = (sizes, places, sizes.sorted())
    }

    /// With so many of the least weights at 0; those that tie with the last go, too.
    func parameters(without number: Int) -> [Double] {
        guard number > 0 else { return network.parameters }
        var parameters = network.parameters
        let most = sorted[number - 1]
        for (size, place) in zip(sizes, places) where size <= most { parameters[place] = 0 }
        return parameters
    }
}
