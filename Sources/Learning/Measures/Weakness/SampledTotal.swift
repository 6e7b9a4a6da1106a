/// A total of counts, one a point of a simple random sample of points, with its sampling error.
///
/// Both numbers are in the total's unit and have the correction for a finite population, 1 - m/N for m of N points
/// (Cochran, Sampling Techniques, 1977, section 2.6): of all points the total is exact.
struct SampledTotal {
    let value: Double
    /// sqrt(m (1 - m/N)) s, s the standard deviation of the counts (m - 1 below the line), which is the jackknife's,
    /// too; for a single point, which tells nothing of it, the most that it can be: half the largest count.
    let standardError: Double
    /// What the points at even places say less those at odd ones: sqrt(m₁ m₂ (1 - m/N)) times the difference of the
    /// two halves' means, so that its variance over samples is the total's. Nil for a single point.
    let betweenHalves: Double?

    /// - Parameters:
    ///   - counts: one a point, none of them above `largest`; at least one.
    ///   - population: the number of points that the sample was drawn from; one below that of the sample is taken for
    ///     unknown and large.
    init(_ counts: [Int], largest: Int, outOf population: Int) {
        let count = Double(counts.count)
        let share = population >= counts.count ? count / Double(population) : 0
        let total = Double(counts.reduce(0, +))
        value = total
        guard counts.count > 1 else {
            standardError = (1 - share).squareRoot() * Double(largest) / 2
            betweenHalves = nil
            return
        }
        let mean = total / count
        let squares = counts.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
        standardError = (count * (1 - share) * squares / (count - 1)).squareRoot()
        let even = stride(from: 0, to: counts.count, by: 2).map { counts[$0] }
        let (first, second) = (Double(even.count), count - Double(even.count))
        let evenTotal = Double(even.reduce(0, +))
        betweenHalves =
            (first * second * (1 - share)).squareRoot() * (evenTotal / first - (total - evenTotal) / second)
    }
}
