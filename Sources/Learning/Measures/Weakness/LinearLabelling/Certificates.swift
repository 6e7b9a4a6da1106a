/// Why no classifier exists: non-negative multipliers of constraints that add up to nothing (Gordan's theorem).
package struct InfeasibilityCertificate: Sendable {
    package enum Row: Sendable, Hashable {
        /// Training point, and the class that it must not be given. Those beyond the training points are the probes
        /// whose labels are given, in their order.
        case training(point: Int, other: Int)
        /// The class that must lose against the wanted one on the probe.
        case target(rival: Int)
    }

    package var terms: [(row: Row, multiplier: Double)]

    package init(terms: [(row: Row, multiplier: Double)]) {
        self.terms = terms
    }
}

/// Checks witnesses and certificates against the features as the network computed them, sharing no state with the
/// solver.
///
/// A witness must satisfy every constraint with a margin min a·w / Σ|a||w| above 1e-11, thousands of times what
/// rounding can forge. A certificate's combination Σ y a, on features scaled to a largest value of 1, must vanish in
/// every coordinate to 1e-10 of the largest coordinate's Σ y |a|. Then every classifier with scaled weights of at most
/// 1 misses some constraint or meets it with a margin below 1e-10 of the largest possible: what the certificate leaves
/// open are classifiers that tell points apart by less than 1e-10 of a unit's range.
package struct CertificateChecker {
    static let leastMargin = 1e-11
    static let largestResidual = 1e-10

    /// Probes whose labels are given: they count as training points.
    package typealias Given = [(probe: Int, class: Int)]

    private let problem: LabellingProblem
    private let blocks: FeatureBlocks
    private let scales: [Double]

    /// - Parameter joint: whether probes are labelled together.
    package init(_ problem: LabellingProblem, joint: Bool = false) {
        self.problem = problem
        blocks = FeatureBlocks(
            rows: (0..<problem.pointCount).map { i in (0..<problem.width).map { problem.feature(i, $0) } + [1] },
            labels: problem.labels, width: problem.width + 1, classCount: problem.classCount)
        let scaled = ScaledFeatures(problem, joint: joint)
        var scales = [Double](repeating: 1, count: problem.width + 1)
        for (unit, scale) in zip(scaled.liveUnits, scaled.scales) { scales[unit] = scale }
        self.scales = scales
    }

    /// Whether the classifier gives every training point its label, with margin.
    package func classifiesTraining(_ classifier: Classifier) -> Bool {
        blocks.smallestRelativeMargin(classifier) > Self.leastMargin
    }

    /// Whether the classifier gives the probe this class, with margin.
    package func gives(_ classifier: Classifier, probe: Int, class wanted: Int) -> Bool {
        func score(_ c: Int) -> (value: Double, size: Double) {
            var (value, size) = (classifier[c, problem.width], abs(classifier[c, problem.width]))
            for unit in 0..<problem.width {
                let term = classifier[c, unit] * problem.probe(probe, unit)
                value += term
                size += abs(term)
            }
            return (value, size)
        }
        let best = score(wanted)
        return (0..<problem.classCount).allSatisfy { c in
            guard c != wanted else { return true }
            let rival = score(c)
            return best.value - rival.value > Self.leastMargin * (best.size + rival.size)
        }
    }

    /// Whether the certificate shows that no classifier satisfies all training points, gives the given probes their
    /// labels and, when there is a `target`, gives that probe that class.
    package func proves(
        _ certificate: InfeasibilityCertificate, target: (probe: Int, class: Int)?, given: Given = []
    ) -> Bool {
        let size = problem.width + 1
        var sum = [Double](repeating: 0, count: problem.classCount * size)
        var total = sum
        var weight = 0.0
        func add(_ multiplier: Double, _ winner: Int, _ loser: Int, _ value: (Int) -> Double) {
            weight += multiplier
            for unit in 0..<size {
                let term = multiplier * (unit == problem.width ? 1 : value(unit) / scales[unit])
                sum[winner * size + unit] += term
                sum[loser * size + unit] -= term
                total[winner * size + unit] += abs(term)
                total[loser * size + unit] += abs(term)
            }
        }
        for (row, multiplier) in certificate.terms {
            guard multiplier >= 0, multiplier.isFinite else { return false }
            switch row {
            case .training(let point, let other) where point >= problem.pointCount:
                guard point - problem.pointCount < given.count else { return false }
                let known = given[point - problem.pointCount]
                guard other != known.class else { return false }
                add(multiplier, known.class, other) { problem.probe(known.probe, $0) }
            case .training(let point, let other):
                guard other != problem.labels[point] else { return false }
                add(multiplier, problem.labels[point], other) { problem.feature(point, $0) }
            case .target(let rival):
                guard let target, rival != target.class else { return false }
                add(multiplier, target.class, rival) { problem.probe(target.probe, $0) }
            }
        }
        let scale = total.max() ?? 0
        return weight > 0 && scale > 0 && scale.isFinite && sum.allSatisfy { abs($0) <= Self.largestResidual * scale }
    }
}
