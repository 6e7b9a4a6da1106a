/// What a model costs, in seconds of one core and in bytes of the results file.
public struct ModelCost: Sendable {
    /// For all epochs, with what is written down on the way.
    public var training = 0.0
    public var measuring = 0.0
    public var weightBytes = 0
    public var measureBytes = 0
    /// A row of a history, which training writes down on its way.
    public var entryBytes = 0

    public init(
        training: Double = 0, measuring: Double = 0, weightBytes: Int = 0, measureBytes: Int = 0, entryBytes: Int = 0
    ) {
        self.training = training
        self.measuring = measuring
        self.weightBytes = weightBytes
        self.measureBytes = measureBytes
        self.entryBytes = entryBytes
    }

    /// A row of a measurement with its index, as SQLite stores it.
    static let measurementBytes = 200
}

/// What was timed, so that models alike in what takes time are timed once.
public struct Timings {
    private var seconds: [AnyHashable: (seconds: Double, bytes: Int)] = [:]

    public init() {}

    /// What was timed under the key before, or is timed now.
    mutating func of(
        _ key: some Hashable & Sendable, time: () -> (seconds: Double, bytes: Int)
    ) -> (seconds: Double, bytes: Int) {
        if let known = seconds[key] { return known }
        let found = time()
        seconds[key] = found
        return found
    }
}
