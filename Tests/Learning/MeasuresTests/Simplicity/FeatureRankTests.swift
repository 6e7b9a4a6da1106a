import Measures
import Networks
import Randomness
import Testing

@Suite struct FeatureRankTests {
    /// The rank of features handed over as they are: without a hidden layer they are the inputs.
    private func rank(_ features: [Float], width: Int) -> Double? {
        let labels = [UInt8](repeating: 0, count: features.count / width)
        return FeatureRank.value(
            Subject(.random([width, 2]), training: .init(inputs: features, labels: labels, inputSize: width)))
    }

    @Test("Ranks are those of cases worked out by hand")
    func byHand() {
        #expect(rank([1, 0, 0, 1, 1, 1], width: 2) == 2)
        #expect(rank([1, 2, 2, 4, 3, 6], width: 2) == 1)
        #expect(rank([0, 0, 0, 0], width: 2) == 0)
        #expect(rank([1, 2, 3, 4, 5, 6, 7, 8, 9], width: 3) == 2)
        #expect(rank([5, 0, 0, 0, 7], width: 5) == 1)
    }

    @Test("Sums of a few random vectors have their number as rank", arguments: [1, 3, 6])
    func products(rank expected: Int) {
        let (count, width) = (40, 8)
        var stream = NativeStream(seed: 1)
        let basis = (0..<expected).map { _ in stream.uniforms(count: width, low: -1, high: 1).map(Double.init) }
        var features: [Float] = []
        for _ in 0..<count {
            let shares = stream.uniforms(count: expected, low: -1, high: 1).map(Double.init)
            for j in 0..<width { features.append(Float((0..<expected).reduce(0) { $0 + shares[$1] * basis[$1][j] })) }
        }
        #expect(rank(features, width: width) == Double(expected))
    }

    @Test("What lies below float32's threshold does not count, what lies above does")
    func threshold() {
        // Two columns at right angles, of lengths 1 and ε, in two rows: the threshold is 2 · 2^-23.
        #expect(rank([1, 0, 0, 0x1p-23], width: 2) == 1)
        #expect(rank([1, 0, 0, 0x1p-22], width: 2) == 1)
        #expect(rank([1, 0, 0, 0x1.1p-22], width: 2) == 2)
        // The same with six rows of zeros: the longer side counts, 8 · 2^-23.
        let zeros = [Float](repeating: 0, count: 12)
        #expect(rank([1, 0, 0, 0x1p-20] + zeros, width: 2) == 1)
        #expect(rank([1, 0, 0, 0x1.1p-20] + zeros, width: 2) == 2)
    }

    @Test("Dead units take their share of the rank, all of it when all are dead")
    func dead() {
        // max(0, ±x - b): of four units one lives for each sign, two never.
        let parameters: [Float] = [1, -1, 1, -1] + [0, 0, -9, -9] + [Float](repeating: 1, count: 10)
        let network = Network(architecture: Architecture(widths: [1, 4, 2]), parameters: parameters)
        let points = LabelledPoints(inputs: [1, 2, -1], labels: [0, 1, 0], inputSize: 1)
        #expect(FeatureRank.value(Subject(network, training: points)) == 2)
        #expect(FeatureRank.value(Subject(network, training: points.part(0..<2))) == 1)
        let origin = LabelledPoints(inputs: [0, 0], labels: [0, 1], inputSize: 1)
        #expect(FeatureRank.value(Subject(network, training: origin)) == 0)
    }
}
