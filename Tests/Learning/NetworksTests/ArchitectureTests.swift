import Networks
import Testing

@Suite struct ArchitectureTests {
    @Test("Layers lie one after another: weights, then biases")
    func layout() {
        let architecture = Architecture(widths: [784, 64, 8, 10])
        #expect(architecture.layers.map(\.weights) == [0..<50_176, 50_240..<50_752, 50_760..<50_840])
        #expect(architecture.layers.map(\.biases) == [50_176..<50_240, 50_752..<50_760, 50_840..<50_850])
        #expect(architecture.parameterCount == 50_850)
        #expect(architecture.inputSize == 784)
        #expect(architecture.featureWidth == 8)
        #expect(architecture.classCount == 10)
        #expect(architecture.description == "784-64-8-10")
    }

    @Test(
        "The layers cover the parameter buffer without gap or overlap",
        arguments: [
            [1, 1], [5, 2], [3, 7, 2], [2, 1, 1, 1, 9], [4, 6, 5, 4, 3, 2],
        ])
    func cover(widths: [Int]) {
        let architecture = Architecture(widths: widths)
        let ranges = architecture.layers.flatMap { [$0.weights, $0.biases] }
        #expect(ranges.flatMap { Array($0) } == Array(0..<architecture.parameterCount))
        #expect(architecture.layers.map(\.inputs) == widths.dropLast())
        #expect(architecture.layers.map(\.outputs) == Array(widths.dropFirst()))
    }

    @Test("Without a hidden layer the features are the inputs")
    func noHiddenLayer() {
        #expect(Architecture(widths: [7, 3]).featureWidth == 7)
    }
}
