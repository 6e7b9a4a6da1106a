import LinearAlgebra
import Parameters

/// How far each class has collapsed to its mean feature: the within-class spread in units of the between-class one.
public struct FeatureCollapse: Measure {
    public static let about = MeasureDescription(
        id: "feature_collapse", title: "Collapse of the features (NC1)", family: "features",
        formula: "tr(Σ_W Σ_B⁺)/K', Σ_W within and Σ_B between the K' classes present",
        source: "Papyan, Han and Donoho, PNAS 117 (2020)",
        invariances: [.layerRescaling, .permutation, .outputScaling], reads: [.trainingInputs, .trainingLabels],
        predictedSign: .negative, effortUnit: "points",
        limits: "The pseudoinverse counts singular values below 1e-10 of the largest as 0.", options: [.gauge])

    private let choice: ViewChoice

    public init(options: ParameterValues) { choice = ViewChoice(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured(choice) { view in
            let width = subject.architecture.featureWidth
            let groups = ClassMeans(features: view.features, width: width, labels: view.labels)
            guard groups.classes.count > 1 else { return .undefined(UndefinedFeatures.oneClass.reason) }
            let present = Double(groups.classes.count)
            var sizes = [Double](repeating: 0, count: groups.classes.count)
            var within = Matrix(rows: width, columns: width)
            for (point, own) in groups.places.enumerated() {
                sizes[own] += 1
                within.add(view.features[point * width..<(point + 1) * width], less: groups.means[own])
            }
            let mean = (0..<width).map { u in
                let first = groups.means[0][u]
                return first + zip(groups.means, sizes).reduce(0.0) { $0 + ($1.0[u] - first) * $1.1 }
                    / Double(view.count)
            }
            var between = Matrix(rows: width, columns: width)
            for own in groups.means { between.add(own[...], less: mean) }
            guard between.squaredNorm > 0 else { return .undefined("the classes have the same mean feature") }
            guard let inverse = (1 / present * between).pseudoinverse(tolerance: 1e-10) else { return .noDecomposition }
            let product = (1 / Double(view.count) * within) * inverse
            return MeasuredValue(product.trace / present, effort: view.count)
        }
    }
}

extension Matrix {
    /// Adds d dᵀ, d the difference of two vectors.
    fileprivate mutating func add(_ vector: ArraySlice<Double>, less mean: [Double]) {
        let difference = zip(vector, mean).map(-)
        for row in 0..<rows {
            for column in 0..<columns { self[row, column] += difference[row] * difference[column] }
        }
    }
}
