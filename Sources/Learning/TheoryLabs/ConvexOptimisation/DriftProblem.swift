import LinearAlgebra

/// f(W, z) = h_ρ(|{relu(z_i W_it)}|) for z in {-1, 1}^D and W in R^(D x T): convex, 1-smooth, and 0 on the ball of
/// radius ρ about the origin. arXiv 2511.03548's instance for SA-GD, as others restate it [P*].
///
/// A coordinate with z_i = 1 in every sample is blind below 0: there the empirical risk never sees it, the population
/// does.
package struct DriftProblem: Sendable {
    package let sample: BitSample
    /// T.
    package let columns: Int
    package let hinge: FlatHinge

    package init(sample: BitSample, columns: Int, rho: Double) {
        self.sample = sample
        self.columns = columns
        hinge = FlatHinge(rho: rho)
    }

    /// What a coordinate's row adds to |relu(z W)|², and how many of its entries do, for z_i = 1 and for z_i = -1.
    package struct Row: Sendable, Equatable {
        package var positive = 0.0
        package var negative = 0.0
        package var positives = 0
        package var negatives = 0

        package func squared(_ bit: Bool) -> Double { bit ? positive : negative }
        package func count(_ bit: Bool) -> Int { bit ? positives : negatives }
    }

    package func rows(_ weights: Matrix) -> [Row] {
        (0..<weights.rows).map { index in
            weights.row(index).reduce(into: Row()) { row, entry in
                if entry > 0 {
                    row.positive += entry * entry
                    row.positives += 1
                } else if entry < 0 {
                    row.negative += entry * entry
                    row.negatives += 1
                }
            }
        }
    }

    /// |relu(z W)|² for each sample.
    package func squaredDistances(_ rows: [Row]) -> [Double] {
        (0..<sample.samples).map { k in
            rows.indices.reduce(0) { $0 + rows[$1].squared(sample[k, $1]) }
        }
    }

    /// F_S(W), the mean over the samples.
    package func empiricalRisk(_ weights: Matrix) -> Double {
        squaredDistances(rows(weights)).reduce(0) { $0 + hinge.value($1.squareRoot()) } / Double(sample.samples)
    }

    /// F_S(W) and its gradient: W_it times the mean of h'(N)/N over the samples that see it.
    ///
    /// - Complexity: O(D · T + n · D).
    package func riskAndGradient(_ weights: Matrix) -> (value: Double, gradient: Matrix) {
        let distances = squaredDistances(rows(weights)).map { $0.squareRoot() }
        let slopes = distances.map { hinge.slopeOverDistance($0) / Double(sample.samples) }
        var gradient = weights
        for row in 0..<weights.rows {
            var (seenAbove, seenBelow) = (0.0, 0.0)
            for k in 0..<sample.samples {
                if sample[k, row] { seenAbove += slopes[k] } else { seenBelow += slopes[k] }
            }
            for index in row * columns..<(row + 1) * columns {
                let entry = weights.elements[index]
                gradient.elements[index] = entry * (entry > 0 ? seenAbove : seenBelow)
            }
        }
        return (distances.reduce(0) { $0 + hinge.value($1) } / Double(sample.samples), gradient)
    }

    /// The trace of the empirical risk's Hessian; an entry that is 0 counts as unseen.
    package func empiricalTrace(_ weights: Matrix) -> Double {
        let rows = rows(weights)
        let distances = squaredDistances(rows)
        return (0..<sample.samples).reduce(0) { sum, k in
            let seen = rows.indices.reduce(0) { $0 + rows[$1].count(sample[k, $1]) }
            return sum + hinge.trace(distance: distances[k].squareRoot(), dimensions: seen)
        } / Double(sample.samples)
    }

    /// F(W) = E f(W, z), exactly.
    ///
    /// - Complexity: O(2^k) for k rows that are not 0.
    package func populationRisk(_ weights: Matrix) -> Double {
        expectation(weights) { squared, _ in hinge.value(squared.squareRoot()) }
    }

    /// The trace of the population risk's Hessian, exactly; as `empiricalTrace`.
    package func populationTrace(_ weights: Matrix) -> Double {
        expectation(weights) { squared, seen in hinge.trace(distance: squared.squareRoot(), dimensions: seen) }
    }

    /// The mean over all z of a function of |relu(z W)|² and of how many entries z sees.
    private func expectation(_ weights: Matrix, of value: (Double, Int) -> Double) -> Double {
        var outcomes = [(squared: 0.0, seen: 0)]
        for row in rows(weights) where row != Row() {
            outcomes = outcomes.flatMap {
                [
                    ($0.squared + row.positive, $0.seen + row.positives),
                    ($0.squared + row.negative, $0.seen + row.negatives),
                ]
            }
        }
        return outcomes.reduce(0) { $0 + value($1.squared, $1.seen) } / Double(outcomes.count)
    }
}
