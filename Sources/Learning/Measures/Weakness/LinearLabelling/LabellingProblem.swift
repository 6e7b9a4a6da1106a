/// Which classes can a linear classifier on fixed features give to each probe while it classifies every training point
/// correctly?
///
/// Features h_i in R^d with labels y_i, probes p_j, classes 0 ..< K. The pair (j, c) is feasible when some W (K x d)
/// and b (K) satisfy (W_y - W_c)·h_i + b_y - b_c > 0 for every training point i and every class c ≠ y_i, and classify
/// p_j as c, all strictly. The constraints are homogeneous, so any positive margin may stand for "strictly".
package struct LabellingProblem: Sendable {
    let classCount: Int
    let width: Int
    /// points x width, row-major.
    let features: [Double]
    let labels: [Int]
    /// probes x width, row-major.
    private(set) var probes: [Double]

    var pointCount: Int { labels.count }
    package var probeCount: Int { width == 0 ? 0 : probes.count / width }

    package init(classCount: Int, width: Int, features: [Float], labels: [UInt8], probes: [Float]) {
        precondition(width > 0 && features.count == labels.count * width && probes.count % width == 0)
        precondition(labels.allSatisfy { Int($0) < classCount })
        self.classCount = classCount
        self.width = width
        self.features = features.map(Double.init)
        self.labels = labels.map(Int.init)
        self.probes = probes.map(Double.init)
    }

    /// The same with some of the probes, in this order.
    func selected(probes chosen: [Int]) -> LabellingProblem {
        var result = self
        result.probes = chosen.flatMap { probes[$0 * width..<($0 + 1) * width] }
        return result
    }

    /// Of features that were computed in float64, without probes.
    init(classCount: Int, width: Int, features: [Double], labels: [Int]) {
        precondition(width > 0 && features.count == labels.count * width)
        (self.classCount, self.width, self.features, self.labels, probes) = (classCount, width, features, labels, [])
    }

    /// points x units of some units.
    func liveFeatures(_ units: [Int]) -> [Double] {
        (0..<pointCount).flatMap { point in units.map { feature(point, $0) } }
    }

    /// probes x units of some units.
    func liveProbes(_ units: [Int]) -> [Double] {
        (0..<probeCount).flatMap { place in units.map { probe(place, $0) } }
    }

    func feature(_ point: Int, _ unit: Int) -> Double { features[point * width + unit] }
    func probe(_ probe: Int, _ unit: Int) -> Double { probes[probe * width + unit] }
}

/// The units that matter, each scaled by its largest absolute value on the training points, and a 1 for the bias.
///
/// Units that are 0 on every training point are left out: no constraint of a training point sees them. Where probes
/// are labelled together, one that a probe activates couples them; it stays, scaled by its largest value on the probes.
struct ScaledFeatures: Sendable {
    let problem: LabellingProblem
    let liveUnits: [Int]
    /// The divisor of each live unit.
    let scales: [Double]

    /// Live units and the constant.
    var width: Int { liveUnits.count + 1 }

    /// - Parameter joint: whether probes are labelled together.
    init(_ problem: LabellingProblem, joint: Bool = false) {
        func largestValues(_ values: [Double]) -> [Double] {
            var largest = [Double](repeating: 0, count: problem.width)
            for (index, value) in values.enumerated() {
                largest[index % problem.width] = max(largest[index % problem.width], abs(value))
            }
            return largest
        }
        var largest = largestValues(problem.features)
        if joint {
            for (unit, value) in largestValues(problem.probes).enumerated() where largest[unit] == 0 {
                largest[unit] = value
            }
        }
        self.problem = problem
        liveUnits = largest.indices.filter { largest[$0] > 0 }
        scales = liveUnits.map { largest[$0] }
    }

    func point(_ point: Int) -> [Double] {
        zip(liveUnits, scales).map { problem.feature(point, $0) / $1 } + [1]
    }

    func probe(_ probe: Int) -> [Double] {
        zip(liveUnits, scales).map { problem.probe(probe, $0) / $1 } + [1]
    }

    /// A unit that no training point activates and the probe does: with its weight, any class can be given.
    func deadUnit(activatedBy probe: Int) -> Int? {
        let live = Set(liveUnits)
        return (0..<problem.width).first { !live.contains($0) && problem.probe(probe, $0) != 0 }
    }

    /// A classifier in the problem's own units, out of weights on scaled features with class 0 at the origin.
    ///
    /// - Parameter weights: (K - 1) x width: classes 1 ..< K, live units then bias.
    func classifier(_ weights: UnsafePointer<Double>) -> Classifier {
        var result = Classifier(classCount: problem.classCount, width: problem.width)
        for c in 1..<max(1, problem.classCount) {
            let row = weights + (c - 1) * width
            for (index, unit) in liveUnits.enumerated() { result[c, unit] = row[index] / scales[index] }
            result[c, problem.width] = row[width - 1]
        }
        return result
    }
}

/// A linear classifier: K x (d + 1) weights, the bias last.
package struct Classifier: Sendable {
    let classCount: Int
    let width: Int
    private(set) var weights: [Double]

    package init(classCount: Int, width: Int) {
        self.classCount = classCount
        self.width = width
        weights = [Double](repeating: 0, count: classCount * (width + 1))
    }

    package subscript(c: Int, unit: Int) -> Double {
        get { weights[c * (width + 1) + unit] }
        set { weights[c * (width + 1) + unit] = newValue }
    }
}
