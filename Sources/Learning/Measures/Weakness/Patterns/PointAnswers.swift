import Networks

/// A network's answers on many points: the class of each, and which hidden units are on.
///
/// A byte and one bit a hidden unit for each point; the activations themselves are dropped block by block.
package struct PointAnswers: Sendable {
    /// The predicted class of each point; ties go to the lowest.
    package let classes: [UInt8]
    /// One a hidden layer.
    package let patterns: [SignPatterns]
    /// Whether all outputs of all layers are.
    package let areFinite: Bool

    /// Runs the network over `count` points, block by block.
    ///
    /// - Parameter inputs: the inputs of a range of the points, row-major.
    /// - Precondition: at most 256 classes.
    /// - Complexity: O(count · parameters).
    package init(of network: Network, count: Int, inputs: (Range<Int>) -> [Float]) {
        let classCount = network.architecture.classCount
        precondition(classCount <= 256)
        var classes: [UInt8] = []
        var patterns = network.architecture.layers.dropLast().map { SignPatterns(width: $0.outputs, capacity: count) }
        var areFinite = true
        classes.reserveCapacity(count)
        for start in stride(from: 0, to: count, by: Network.blockSize) {
            let range = start..<min(start + Network.blockSize, count)
            let activations = network.activations(of: inputs(range), count: range.count)
            for index in patterns.indices { patterns[index].append(activations.layers[index]) }
            let logits = activations.logits
            for row in 0..<range.count {
                classes.append(UInt8(argmax(logits[row * classCount..<(row + 1) * classCount])))
            }
            areFinite = areFinite && activations.layers.allSatisfy(Self.allFinite)
        }
        (self.classes, self.patterns, self.areFinite) = (classes, patterns, areFinite)
    }

    private static func allFinite(_ values: [Float]) -> Bool {
        // Without a branch, so that the loop runs on vectors.
        var odd: UInt32 = 0
        for value in values { odd |= value.bitPattern & 0x7f80_0000 == 0x7f80_0000 ? 1 : 0 }
        return odd == 0
    }
}
