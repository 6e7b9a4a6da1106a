import Buffers
import Randomness

/// What a step's noise is: which hidden units each point of the batch leaves out, and what is added to its inputs.
///
/// Drawn epoch by epoch from a child of the training's stream, so that a training goes on after any epoch with the
/// noise that it would have had.
final class StepNoise {
    private let kept: Double
    private let deviation: Double
    private let stream: NativeStream
    private var epochStream: NativeStream
    private let widths: [Int]
    private let columnCount: Int
    /// Of each hidden layer, what each unit's output is multiplied by: 0, or 1 / (1 - dropout); rows x units. Nil
    /// without dropout.
    let factors: [AlignedMemory<Float>]?
    /// What is added to each column pair, rows x pairs; beside a last odd column nothing. Nil without input noise.
    let inputs: AlignedMemory<SIMD2<Float>>?

    /// Nil where nothing is drawn.
    ///
    /// - Parameters:
    ///   - widths: of the hidden layers.
    ///   - rows: the points of a batch at most.
    init?(_ noise: TrainingNoise, stream: NativeStream, widths: [Int], columnCount: Int, rows: Int) {
        guard !noise.isNone else { return nil }
        kept = 1 - noise.dropout
        deviation = noise.inputDeviation
        (self.stream, epochStream) = (stream, stream)
        (self.widths, self.columnCount) = (widths, columnCount)
        factors = noise.dropout > 0 ? widths.map { AlignedMemory(repeating: 1, count: rows * $0) } : nil
        inputs =
            noise.inputDeviation > 0 ? AlignedMemory(repeating: .zero, count: rows * ((columnCount + 1) / 2)) : nil
    }

    /// - Parameter epoch: counted from 0.
    func begin(epoch: Int) { epochStream = stream.child(UInt64(epoch)) }

    /// Draws the noise of the next step's `count` points: the inputs' first, point by point, then the units', layer by
    /// layer.
    func draw(count: Int) {
        if let inputs {
            let pairCount = (columnCount + 1) / 2
            for row in 0..<count {
                for pair in 0..<pairCount {
                    let first = Float(deviation * epochStream.normal())
                    let second = 2 * pair + 1 < columnCount ? Float(deviation * epochStream.normal()) : 0
                    inputs.pointer[row * pairCount + pair] = SIMD2(first, second)
                }
            }
        }
        guard let factors else { return }
        let scale = Float(1 / kept)
        // A draw of 24 bits below this keeps its unit.
        let bound = UInt32((kept * 0x1p24).rounded())
        for (layer, width) in zip(factors, widths) {
            for place in 0..<count * width { layer.pointer[place] = epochStream.next32() >> 8 < bound ? scale : 0 }
        }
    }
}
