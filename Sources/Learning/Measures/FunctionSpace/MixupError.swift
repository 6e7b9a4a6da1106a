import Networks
import Parameters

/// How often the middle of two training points of one class is not given that class.
///
/// - Complexity: O(pairs of one class · parameters beyond the first layer).
public struct MixupError: Measure {
    public static let about = MeasureDescription(
        id: "mixup_error", title: "Label-wise mixup error", family: "function-space",
        formula:
            "mean over classes with two training points of the share of pairs whose midpoint gets another class",
        source: "Natekar and Sharma, arXiv 2012.02775, over all pairs instead of those of a batch",
        invariances: [.layerRescaling, .neuronRescaling, .permutation, .outputScaling],
        reads: [.trainingInputs, .trainingLabels], predictedSign: .negative, effortUnit: "pairs",
        limits: "Pairs grow with the square of the points of a class.")

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured { view in
            let (errors, pairs) = view.midpointErrors
            guard !errors.isEmpty else { return .undefined("no class has two training points") }
            return MeasuredValue(errors.reduce(0, +) / Double(errors.count), effort: pairs)
        }
    }
}

extension PointView {
    /// Counted once.
    fileprivate var midpointErrors: (errors: [Double], pairs: Int) {
        if let knownMidpointErrors { return knownMidpointErrors }
        let counted = countMidpointErrors()
        knownMidpointErrors = counted
        return counted
    }

    /// For each class with two points the share of pairs whose midpoint gets another class; and how many pairs.
    fileprivate func countMidpointErrors() -> (errors: [Double], pairs: Int) {
        let first = layers[0]
        // The first layer is affine: at a midpoint its pre-activations are the means of those of both points.
        var before: [Double] = []
        forEachBlock { block, inputs in
            before += first.affine(inputs, count: block.count, of: network.parameters)
        }
        let width = first.outputs
        var (errors, all): ([Double], Int) = ([], 0)
        for label in 0..<classes {
            let places = labels.indices.filter { Int(labels[$0]) == label }
            guard places.count > 1 else { continue }
            var (pairs, wrong) = (0, 0)
            var block: [Double] = []
            func flush() {
                let count = block.count / width
                guard count > 0 else { return }
                let logits = logits(afterFirst: block, count: count)
                for row in 0..<count where largest(logits, from: row * classes, classes) != label { wrong += 1 }
                pairs += count
                block.removeAll(keepingCapacity: true)
            }
            for (number, i) in places.enumerated() {
                for j in places[(number + 1)...] {
                    for u in 0..<width { block.append(0.5 * (before[i * width + u] + before[j * width + u])) }
                    if block.count >= Network.blockSize * width { flush() }
                }
            }
            flush()
            errors.append(Double(wrong) / Double(pairs))
            all += pairs
        }
        return (errors, all)
    }

    /// Logits from the first layer's pre-activations, count x width.
    private func logits(afterFirst before: [Double], count: Int) -> [Double] {
        var values = before
        for layer in layers.dropFirst() {
            network.architecture.activation.apply(to: &values)
            values = layer.affine(values, count: count, of: network.parameters)
        }
        return values
    }
}
