import Synchronization

/// Points with their classes, as networks read them.
public struct LabelledPoints: Sendable {
    /// count x inputSize, row-major, float32.
    public let inputs: [Float]
    /// One class a point.
    public let labels: [UInt8]
    public let inputSize: Int
    private let sorting: Sorting

    public var count: Int { labels.count }

    /// - Precondition: `inputs` has `labels.count * inputSize` values.
    public init(inputs: [Float], labels: [UInt8], inputSize: Int) {
        precondition(inputs.count == labels.count * inputSize, "inputs and labels differ in number")
        self.inputs = inputs
        self.labels = labels
        self.inputSize = inputSize
        sorting = Sorting()
    }

    /// The same inputs without their zeros, sorted when first asked for; copies share them. Nil where fewer than half
    /// of the inputs are zero. Sorting takes about as long as a pass of a small network.
    package var sortedInputs: SortedInputs? { sorting.inputs(of: self) }

    /// The points at `indices` of byte images, pixels as byte / 255.
    ///
    /// - Parameters:
    ///   - pixels: images x inputSize bytes, row-major.
    ///   - labels: one an image.
    public init(pixels: [UInt8], labels: [UInt8], inputSize: Int, at indices: some Collection<Int>) {
        self = PointList(pixels: pixels, labels: labels, inputSize: inputSize, at: indices).points
    }

    /// The points at `indices` of these, in that order.
    public func selected(_ indices: some Collection<Int>) -> LabelledPoints {
        var inputs: [Float] = []
        inputs.reserveCapacity(indices.count * inputSize)
        for index in indices { inputs += self.inputs[index * inputSize..<(index + 1) * inputSize] }
        return LabelledPoints(inputs: inputs, labels: indices.map { labels[$0] }, inputSize: inputSize)
    }
}

/// Inputs that are sorted at most once, whoever asks first.
private final class Sorting: Sendable {
    private enum State {
        case notAsked
        case answered(SortedInputs?)
    }

    private let state = Mutex(State.notAsked)

    func inputs(of points: LabelledPoints) -> SortedInputs? {
        state.withLock { state in
            if case .answered(let inputs) = state { return inputs }
            let inputs = points.isWorthSorting ? SortedInputs(points) : nil
            state = .answered(inputs)
            return inputs
        }
    }
}

extension LabelledPoints {
    fileprivate var isWorthSorting: Bool {
        inputs.reduce(into: 0) { $0 += $1 == 0 ? 1 : 0 } > inputs.count / 2
    }
}
