import Networks
import Testing

@Suite struct RescalingTests {
    private let network = Network.random([5, 7, 6, 4], seed: 3)
    private let points = LabelledPoints.random(40, inputSize: 5, classCount: 4, seed: 3)

    @Test("Powers of two leave every logit as it is, bit for bit", arguments: [1, 2], [0.25, 2, 0x1p20] as [Float])
    func exact(layer: Int, factor: Float) {
        let rescaled = network.rescaled(layer: layer, by: factor)
        #expect(rescaled != network)
        #expect(rescaled.featuresAndLogits(of: points).logits == network.featuresAndLogits(of: points).logits)
    }

    @Test("Other factors leave the logits up to rounding", arguments: [1, 2], [5, 20, 0.3] as [Float])
    func rounded(layer: Int, factor: Float) {
        let logits = network.featuresAndLogits(of: points).logits
        let found = network.rescaled(layer: layer, by: factor).featuresAndLogits(of: points).logits
        #expect(zip(found, logits).allSatisfy { abs($0 - $1) < 1e-5 })
    }

    @Test("Layer 2 scales W2 and b2, divides W3, and touches nothing else")
    func parts() {
        let layers = network.architecture.layers
        let rescaled = network.rescaled(layer: 2, by: 3).parameters
        for (index, before) in network.parameters.enumerated() {
            let expected =
                layers[1].weights.contains(index) || layers[1].biases.contains(index)
                ? before * 3
                : layers[2].weights.contains(index) ? before / 3 : before
            #expect(rescaled[index] == expected)
        }
    }
}
