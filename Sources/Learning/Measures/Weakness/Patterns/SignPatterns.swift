/// Which units of a layer are on at each of many points, one bit a unit.
package struct SignPatterns: Sendable {
    /// Units of the layer.
    package let width: Int
    /// 64-bit words a pattern; bits beyond the width are 0.
    package let size: Int
    /// count x size: unit u of a pattern is bit u % 64 of its word u / 64.
    package private(set) var words: [UInt64] = []

    package var count: Int { words.count / size }

    /// No patterns yet of `width` units; room for `capacity`.
    package init(width: Int, capacity: Int = 0) {
        precondition(width > 0)
        self.width = width
        size = (width + 63) / 64
        words.reserveCapacity(capacity * size)
    }

    /// Adds a pattern for each row of rectified outputs, row-major rows x width: a unit is on where its output is above
    /// 0, which is where its pre-activation is.
    package mutating func append(_ outputs: [Float]) {
        precondition(outputs.count % width == 0)
        outputs.withUnsafeBufferPointer { outputs in
            for row in 0..<outputs.count / width {
                for start in stride(from: 0, to: width, by: 64) {
                    let units = outputs[row * width + start..<row * width + min(start + 64, width)]
                    words.append(Self.word(UnsafeBufferPointer(rebasing: units)))
                }
            }
        }
    }

    private static func word(_ outputs: UnsafeBufferPointer<Float>) -> UInt64 {
        var word: UInt64 = 0
        for u in 0..<outputs.count { word |= (outputs[u] > 0 ? 1 : 0) << UInt64(u) }
        return word
    }
}
