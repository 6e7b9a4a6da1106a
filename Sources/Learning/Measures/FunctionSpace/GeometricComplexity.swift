import Parameters

/// The mean squared length of the logits' Jacobian at the training points.
///
/// - Complexity: O(points · classes · (Σ_l width_l · width_{l+1} over the hidden widths + width_1²)).
public struct GeometricComplexity: Measure {
    public static let about = MeasureDescription(
        id: "geometric_complexity", title: "Geometric complexity", family: "function-space",
        formula: "mean over training points of |dz/dx|_F²",
        source: "Dherin et al., arXiv 2209.13083",
        invariances: [.layerRescaling, .neuronRescaling, .permutation], reads: [.trainingInputs],
        predictedSign: .negative, effortUnit: "points", limits: "Grows with the square of the logits' scale.")

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured { view in
            let first = view.layers[0]
            let gram = first.gram(of: view.network.parameters)
            let classes = view.classes
            var sum = 0.0
            view.forEachPass { pass in
                var identity = [Double](repeating: 0, count: pass.count * classes * classes)
                for row in 0..<pass.count * classes { identity[row * classes + row % classes] = 1 }
                let pulled = pass.rows(identity, rowsPerPoint: classes)
                for points in pulled.parts {
                    sum += quadraticForms(pulled.rows(of: points, at: 0), width: first.outputs, gram).reduce(0, +)
                }
            }
            return MeasuredValue(sum / Double(view.count), effort: view.count)
        }
    }
}
