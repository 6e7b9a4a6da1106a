import Networks

/// What an update rule remembers from step to step, by name: the shape of its state.
public struct RuleMemory: Sendable, Hashable {
    /// Numbers for each parameter, as a velocity.
    public var vectors: [String]
    /// Single numbers, as a count of steps.
    public var numbers: [String]
    /// Vectors that a step may write in and that no later step reads: they are not saved.
    public var scratch: [String]

    public init(vectors: [String] = [], numbers: [String] = [], scratch: [String] = []) {
        self.vectors = vectors
        self.numbers = numbers
        self.scratch = scratch
    }

    /// The same with vectors more to write in.
    func with(scratch names: [String]) -> RuleMemory {
        RuleMemory(vectors: vectors, numbers: numbers, scratch: scratch + names)
    }

    /// How many bytes the state of a network's training takes.
    func byteCount(of architecture: Architecture) -> Int {
        vectors.count * architecture.parameterCount * MemoryLayout<Float>.size
            + numbers.count * MemoryLayout<Double>.size
    }
}
