import Parameters

/// How badly the classes cluster in the last hidden layer: for each class the worst ratio of two classes' spreads to
/// the distance of their centroids.
public struct DaviesBouldinIndex: Measure {
    public static let about = MeasureDescription(
        id: "davies_bouldin_index", title: "Davies–Bouldin index of the features", family: "features",
        formula: "mean over classes k of max_{j ≠ k} (s_k + s_j)/|μ_k - μ_j|, s the mean distance to the centroid μ",
        source: "Davies and Bouldin (1979); Natekar and Sharma, arXiv 2012.02775",
        invariances: [.layerRescaling, .permutation, .outputScaling], reads: [.trainingInputs, .trainingLabels],
        predictedSign: .negative, effortUnit: "points",
        limits: "Of the Euclidean features: rescaling single neurons changes it (option gauge).",
        options: [.layer, .gauge])

    private let layer: Int?
    private let choice: ViewChoice

    public init(options: ParameterValues) {
        layer = options["layer"]?.integer
        choice = ViewChoice(options)
    }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured(choice) { view in
            guard layer ?? 0 < view.layers.count else {
                return .undefined("the network has \(view.layers.count - 1) hidden layers")
            }
            switch view.daviesBouldin(layer: layer) {
            case .success(let index): return MeasuredValue(index, effort: view.count)
            case .failure(let undefined): return .undefined(undefined.reason)
            }
        }
    }
}

extension Parameter {
    static let layer = Parameter(
        "layer", .integer(in: 1...1000), default: .absent(meaning: "the last"), "hidden layer, from 1")
}

enum UndefinedFeatures: Error {
    case oneClass, equalMeans, noVariation

    var reason: String {
        switch self {
        case .oneClass: "the training points have one class"
        case .equalMeans: "two classes have the same mean feature"
        case .noVariation: "the last hidden layer's features do not vary"
        }
    }
}

/// Classes with a point, and the features' mean in each.
struct ClassMeans {
    let classes: [Int]
    /// In their order.
    let means: [[Double]]
    /// The place in `classes` of each point's class.
    let places: [Int]

    init(features: [Double], width: Int, labels: [UInt8]) {
        classes = Set(labels.map(Int.init)).sorted()
        let place = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
        places = labels.map { place[Int($0)] ?? 0 }
        var sums = classes.map { _ in [Double](repeating: 0, count: width) }
        var sizes = [Double](repeating: 0, count: classes.count)
        for (point, own) in places.enumerated() {
            sizes[own] += 1
            // Counted from the first point: what does not vary then has the same mean in all classes, to the last bit.
            for u in 0..<width { sums[own][u] += features[point * width + u] - features[u] }
        }
        means = zip(sums, sizes).map { sum, size in (0..<width).map { features[$0] + sum[$0] / size } }
    }
}

extension PointView {
    /// - Parameter layer: a hidden layer from 1; nil for the last.
    func daviesBouldin(layer: Int? = nil) -> Result<Double, UndefinedFeatures> {
        let layer = layer ?? layers.count - 1
        let (features, width) = (hidden(layer: layer), network.architecture.widths[layer])
        let groups = ClassMeans(features: features, width: width, labels: labels)
        guard groups.classes.count > 1 else { return .failure(.oneClass) }
        var spreads = [Double](repeating: 0, count: groups.classes.count)
        var sizes = spreads
        for (point, own) in groups.places.enumerated() {
            let mean = groups.means[own]
            let square = (0..<width).reduce(0.0) {
                let difference = features[point * width + $1] - mean[$1]
                return $0 + difference * difference
            }
            spreads[own] += square.squareRoot()
            sizes[own] += 1
        }
        spreads = zip(spreads, sizes).map(/)
        var sum = 0.0
        for k in groups.means.indices {
            var worst = 0.0
            for j in groups.means.indices where j != k {
                let square = zip(groups.means[k], groups.means[j]).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
                guard square > 0 else { return .failure(.equalMeans) }
                worst = max(worst, (spreads[k] + spreads[j]) / square.squareRoot())
            }
            sum += worst
        }
        return .success(sum / Double(groups.means.count))
    }
}
