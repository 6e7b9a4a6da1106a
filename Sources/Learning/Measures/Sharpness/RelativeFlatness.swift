import Parameters

/// Σ_ss' ⟨w_s, w_s'⟩ tr H_ss' of one layer's weights: flatness where a neuron's own rescaling is taken out.
///
/// Inside a linear region the layer's blocks of H are those of the Gauss–Newton matrix, so that it is the mean of
/// |a_{l-1}|² |A J_l W_l|²_F, exactly, at every layer.
public struct RelativeFlatness: Measure {
    public static let about = MeasureDescription(
        id: "relative_flatness", title: "Relative flatness of a layer", family: "sharpness",
        formula: "(1/n) Σ_i |a_{l-1,i}|² |A J_l W_l|²_F = Σ_ss' ⟨w_s, w_s'⟩ tr H_ss', weights only",
        source: "Petzka et al., arXiv 2001.00939",
        invariances: [.layerRescaling, .permutation], reads: [.trainingInputs], predictedSign: .negative,
        effortUnit: "points",
        limits: "One layer's. Rescaling single neurons changes it (option gauge).",
        options: [
            Parameter(
                "layer", .integer(in: 1...1000), default: .absent(meaning: "the last"), "layer of weights, from 1"),
            .gauge,
        ])

    private let layer: Int?
    private let choice: ViewChoice

    public init(options: ParameterValues) {
        layer = options["layer"]?.integer
        choice = ViewChoice(options)
    }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured(choice) { view in
            let index = (layer ?? view.layers.count) - 1
            guard index < view.layers.count else {
                return .undefined("the network has \(view.layers.count) layers of weights")
            }
            let own = view.layers[index]
            let gram = own.gram(of: view.network.parameters)
            var sum = 0.0
            view.forEachPass { pass in
                let rows = pass.curvatureRows
                for points in rows.parts {
                    let squares = quadraticForms(rows.rows(of: points, at: index), width: own.outputs, gram)
                    for (place, point) in points.enumerated() {
                        let part = squares[place * view.classes..<(place + 1) * view.classes].reduce(0, +)
                        sum += part * sumOfSquares(pass.outputs[index], point * own.inputs..<(point + 1) * own.inputs)
                    }
                }
            }
            return MeasuredValue(sum / Double(view.count), effort: view.count)
        }
    }
}
