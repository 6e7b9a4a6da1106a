import Foundation
import Networks
import Parameters

/// γ⁻² of the 10th percentile of the training margins.
public struct InverseSquaredMargin: Measure {
    public static let about = MeasureDescription(
        id: "inverse_squared_margin", title: "Inverse squared margin", family: "margin",
        formula: "γ⁻², γ the 10th percentile of the training margins",
        source: "Jiang et al., arXiv 1912.02178, measure 22",
        invariances: [.layerRescaling, .neuronRescaling, .permutation], reads: [.trainingInputs, .trainingLabels],
        predictedSign: .negative, effortUnit: "points", limits: "Falls with the square of the logits' scale.",
        options: [Scaling.option])

    private let scaling: Scaling

    public init(options: ParameterValues) { scaling = Scaling(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        scaling(
            .square, points: subject.training.count,
            subject.measured { view in
                guard let margin = view.positiveMargin else { return .undefined(PointView.noMargin) }
                return MeasuredValue(1 / (margin * margin), effort: view.count)
            })
    }
}

/// How far an unseen point lies from the boundary of the class that it is given, if the network were linear there.
public struct UnseenInputMargin: Measure {
    public static let about = MeasureDescription(
        id: "unseen_input_margin", title: "Linearised distance to the class boundary, unseen points", family: "margin",
        formula: "median over unseen points of (z_c - z_j)/|∇_x (z_c - z_j)|, c the largest logit and j the next",
        source: "as input_margin, on points whose labels nobody reads",
        invariances: [.layerRescaling, .neuronRescaling, .permutation, .outputScaling], reads: [.unseenInputs],
        predictedSign: .positive, effortUnit: "points",
        limits: "Linear: beyond the region in which a point lies it says nothing.", options: [.unseenPoints, .seed])

    private let points: UnseenPoints

    public init(options: ParameterValues) { points = UnseenPoints(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measuredOnUnseen(points) { view in
            let median = orderStatistic(view.ownClassView.boundaryDistances(at: 0), 0.5)
            guard median.isFinite else { return .undefined("the margin's gradient is 0 at half of the points") }
            return MeasuredValue(median, effort: view.count)
        }
    }
}

/// The margin's linearised distance in the last hidden layer, in units of the features' spread.
public struct HiddenMargin: Measure {
    public static let about = MeasureDescription(
        id: "hidden_margin", title: "Linearised distance in a hidden layer", family: "margin",
        formula: "median of (z_y - z_j)/|∇_φ (z_y - z_j)| over sqrt(tr Cov φ), φ the layer's outputs",
        source: "Jiang et al., arXiv 1810.00113",
        invariances: [.layerRescaling, .permutation, .outputScaling], reads: [.trainingInputs, .trainingLabels],
        predictedSign: .positive, effortUnit: "points",
        limits: "Linear. Rescaling single neurons changes it (option gauge).", options: [.layer, .gauge])

    private let layer: Int?
    private let choice: ViewChoice

    public init(options: ParameterValues) {
        layer = options["layer"]?.integer
        choice = ViewChoice(options)
    }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured(choice) { view in
            let layer = layer ?? view.layers.count - 1
            guard layer < view.layers.count else {
                return .undefined("the network has \(view.layers.count - 1) hidden layers")
            }
            let width = view.network.architecture.widths[layer]
            let spread = columnVariances(view.hidden(layer: layer), width: width).reduce(0, +).squareRoot()
            guard spread > 0 else { return .undefined(UndefinedFeatures.noVariation.reason) }
            let median = orderStatistic(view.boundaryDistances(at: layer), 0.5) / spread
            guard median.isFinite else { return .undefined("the margin's gradient is 0 at half of the points") }
            return MeasuredValue(median, effort: view.count)
        }
    }
}

/// The variance of each column, n in the denominator.
func columnVariances(_ rows: [Double], width: Int) -> [Double] {
    let count = Double(rows.count / width)
    var (means, squares) = ([Double](repeating: 0, count: width), [Double](repeating: 0, count: width))
    // Counted from the first row: what does not vary then has a variance of exactly 0.
    for (place, value) in rows.enumerated() { means[place % width] += (value - rows[place % width]) / count }
    for (place, value) in rows.enumerated() {
        let difference = value - rows[place % width] - means[place % width]
        squares[place % width] += difference * difference
    }
    return squares.map { $0 / count }
}

extension PointView {
    /// The same points, each labelled with the class that the network gives it.
    var ownClassView: PointView {
        PointView(
            network,
            LabelledPoints(
                inputs: points.inputs,
                labels: (0..<count).map { UInt8(largest(logits, from: $0 * classes, classes)) },
                inputSize: points.inputSize), .unseen)
    }
}
