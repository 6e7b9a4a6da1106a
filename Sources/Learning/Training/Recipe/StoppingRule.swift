/// Training ends after an epoch that memorised the training points.
public struct StoppingRule: Sendable, Hashable {
    /// Checked after every this many epochs.
    public var interval: Int
    /// The training accuracy at which training ends.
    public var accuracy: Double
    /// Look at the first so many training points only; all of them when nil.
    public var points: Int?

    public init(interval: Int, accuracy: Double, points: Int? = nil) {
        self.interval = interval
        self.accuracy = accuracy
        self.points = points
    }
}
