import LinearAlgebra
import Parameters

/// How alike the features' inner products and the labels are: centred kernel alignment.
public struct FeatureLabelAlignment: Measure {
    public static let about = MeasureDescription(
        id: "feature_label_alignment", title: "Alignment of features and labels", family: "features",
        formula: "⟨K_c, Y_c⟩/(|K_c| |Y_c|), K = φφᵀ and Y = 1 where labels agree, both centred",
        source: "Cortes, Mohri and Rostamizadeh, JMLR 13 (2012)",
        invariances: [.layerRescaling, .permutation, .outputScaling], reads: [.trainingInputs, .trainingLabels],
        predictedSign: .positive, effortUnit: "points",
        limits: "Memory grows with the square of the points; more than 2,048 are replaced by a subset.",
        options: [.points(2048, most: 8192), .seed, .gauge])

    private let choice: ViewChoice

    public init(options: ParameterValues) { choice = ViewChoice(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured(choice) { view in
            let width = subject.architecture.featureWidth
            let features = Matrix(rows: view.count, columns: width, elements: view.features)
            return view.alignment(of: features * features.transposed)
        }
    }
}

/// The same of the tangent kernel: how alike the inner products of the points' Jacobians and the labels are.
public struct TangentKernelAlignment: Measure {
    public static let about = MeasureDescription(
        id: "tangent_kernel_alignment", title: "Alignment of the tangent kernel and labels", family: "features",
        formula: "as feature_label_alignment with (1/K) Σ_c ⟨∇z_c(x_i), ∇z_c(x_j)⟩",
        source: "Baratin et al., arXiv 2008.00938; Cortes et al. (2012)",
        invariances: [.permutation], reads: [.trainingInputs, .trainingLabels], predictedSign: .positive,
        effortUnit: "points",
        limits:
            "Memory grows with the square of the points, 2,048 unless said. Rescaling changes it (option gauge).",
        options: [.points(2048, most: 8192), .seed, .gauge])

    private let choice: ViewChoice

    public init(options: ParameterValues) { choice = ViewChoice(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured(choice) { view in
            return view.alignment(of: view.tangentKernel)
        }
    }
}

extension PointView {
    /// (1/K) Σ_l tr(J_{l,i} J_{l,j}ᵀ) (a_{l-1,i} · a_{l-1,j} + 1), count x count.
    fileprivate var tangentKernel: Matrix {
        var kernel = Matrix(rows: count, columns: count)
        for (index, layer) in layers.enumerated() {
            var (rows, inputs): ([Double], [Double]) = ([], [])
            forEachPass { pass in
                var identity = [Double](repeating: 0, count: pass.count * classes * classes)
                for row in 0..<pass.count * classes { identity[row * classes + row % classes] = 1 }
                let pulled = pass.rows(identity, rowsPerPoint: classes)
                for points in pulled.parts { rows += pulled.rows(of: points, at: index) }
                inputs += pass.outputs[index]
            }
            let jacobians = Matrix(rows: count, columns: classes * layer.outputs, elements: rows)
            let values = Matrix(rows: count, columns: layer.inputs, elements: inputs)
            let (between, dots) = (jacobians * jacobians.transposed, values * values.transposed)
            for place in kernel.elements.indices {
                kernel.elements[place] += between.elements[place] * (dots.elements[place] + 1)
            }
        }
        return 1 / Double(classes) * kernel
    }

    fileprivate func alignment(of kernel: Matrix) -> MeasuredValue {
        let agreement = Matrix(rows: count, columns: count) { labels[$0] == labels[$1] ? 1 : 0 }
        let (a, b) = (kernel.doublyCentred, agreement.doublyCentred)
        let size = a.norm * b.norm
        guard size > 1e-12 * kernel.norm * agreement.norm else {
            return .undefined("the features or the labels do not vary")
        }
        let product = zip(a.elements, b.elements).reduce(0) { $0 + $1.0 * $1.1 }
        return MeasuredValue(product / size, effort: count)
    }
}

extension Matrix {
    /// A symmetric matrix less the means of its rows and columns, plus that of all.
    fileprivate var doublyCentred: Matrix {
        let means = (0..<rows).map { row(($0)).reduce(0, +) / Double(columns) }
        let all = means.reduce(0, +) / Double(rows)
        return Matrix(rows: rows, columns: columns) { self[$0, $1] - means[$0] - means[$1] + all }
    }
}
