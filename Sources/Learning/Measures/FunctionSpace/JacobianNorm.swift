import Parameters

/// How fast the class probabilities change with the input, at unseen points.
///
/// - Complexity: O(points · classes · (Σ_l width_l · width_{l+1} over the hidden widths + width_1²)).
public struct JacobianNorm: Measure {
    public static let about = MeasureDescription(
        id: "jacobian_norm", title: "Input–output Jacobian on unseen points", family: "function-space",
        formula: "mean over unseen points of |dp/dx|_F = |S J_x|_F, S = diag(p) - p pᵀ",
        source: "Novak et al., arXiv 1802.08760 (of the probabilities)",
        invariances: [.layerRescaling, .neuronRescaling, .permutation], reads: [.unseenInputs],
        predictedSign: .negative, effortUnit: "points",
        limits: "Falls as the logits grow and probabilities saturate, whatever the decisions are.",
        options: [.unseenPoints, .seed])

    private let points: UnseenPoints

    public init(options: ParameterValues) { points = UnseenPoints(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measuredOnUnseen(points) { view in
            let first = view.layers[0]
            let gram = first.gram(of: view.network.parameters)
            let classes = view.classes
            var sum = 0.0
            view.forEachPass { pass in
                let probabilities = pass.probabilities
                var rows: [Double] = []
                rows.reserveCapacity(pass.count * classes * classes)
                for point in 0..<pass.count {
                    let p = probabilities[point * classes..<(point + 1) * classes]
                    for a in p.indices { for b in p.indices { rows.append(p[a] * ((a == b ? 1 : 0) - p[b])) } }
                }
                let pulled = pass.rows(rows, rowsPerPoint: classes)
                for points in pulled.parts {
                    let squares = quadraticForms(pulled.rows(of: points, at: 0), width: first.outputs, gram)
                    for place in 0..<points.count {
                        sum += squares[place * classes..<(place + 1) * classes].reduce(0, +).squareRoot()
                    }
                }
            }
            return MeasuredValue(sum / Double(view.count), effort: view.count)
        }
    }
}

extension UnseenPoints {
    init(_ options: ParameterValues) {
        self.init(count: options.integer("unseen"), seed: UInt64(options.integer("seed")))
    }
}
