/// How well a network does on test points that has learned nothing: it answers at random, or always the same class.
public struct ChanceAccuracy: Sendable, Hashable {
    /// 1/classes.
    public let expected: Double
    /// Up to which accuracy a network counts as one that has learned nothing: three binomial standard errors above
    /// 1/classes, or 15 % above it where that is more.
    ///
    /// Classes of a test set are seldom equally frequent. A network that has collapsed gives the most frequent one of
    /// its training points: on MNIST often ones, of which the test images are 11.35 %, more than four standard errors
    /// above a tenth.
    public let most: Double

    static let slack = 0.15

    /// - Parameters:
    ///   - classes: at least 2.
    ///   - points: test points; nil where their number is not known, and with it the standard error.
    public init(classes: Int, points: Int?) {
        precondition(classes >= 2)
        let share = 1 / Double(classes)
        let error = points.map { (share * (1 - share) / Double($0)).squareRoot() } ?? 0
        expected = share
        most = share + max(3 * error, Self.slack * share)
    }
}
