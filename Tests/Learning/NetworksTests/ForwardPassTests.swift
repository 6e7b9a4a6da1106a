import Kernels
import LinearAlgebra
import Networks
import Testing

@Suite struct ForwardPassTests {
    @Test(
        "Every layer's output is that of a slow float64 pass",
        arguments: [
            [1, 1], [5, 2], [3, 7, 2], [17, 1, 4], [33, 31, 13, 3], [2, 9, 1, 5, 26], [4, 3, 3, 3, 3, 3, 2],
        ])
    func layers(widths: [Int]) {
        let network = Network.random(widths, seed: 1)
        let count = 19
        let points = LabelledPoints.random(count, inputSize: widths[0], classCount: 1, seed: 2)
        let activations = network.activations(of: points.inputs, count: count)
        #expect(activations.count == count)
        #expect(activations.layers.map(\.count) == widths.dropFirst().map { $0 * count })
        #expect(activations.logits == activations.layers.last)
        for point in 0..<count {
            for (layer, expected) in SlowNetwork(network: network).outputs(points.input(point)).enumerated() {
                for (unit, value) in expected.enumerated() {
                    let found = Double(activations.layers[layer][point * expected.count + unit])
                    #expect(abs(found - value) < 1e-5, "point \(point), layer \(layer), unit \(unit)")
                }
            }
        }
    }

    @Test("Passes over more points than a block keep every point in its place", arguments: [1023, 1024, 1025, 2500])
    func blocks(count: Int) {
        let network = Network.random([3, 5, 2], seed: 3)
        let points = LabelledPoints.random(count, inputSize: 3, classCount: 2, seed: 4)
        let (features, logits) = network.featuresAndLogits(of: points)
        #expect(features.count == count * 5)
        #expect(logits.count == count * 2)
        var worst = 0.0
        for point in 0..<count {
            let expected = SlowNetwork(network: network).outputs(points.input(point))
            for u in 0..<5 { worst = max(worst, abs(Double(features[point * 5 + u]) - expected[0][u])) }
            for c in 0..<2 { worst = max(worst, abs(Double(logits[point * 2 + c]) - expected[1][c])) }
        }
        #expect(worst < 1e-5)
    }

    @Test(
        "Inputs that are mostly zero give what a slow pass gives, and a dense pass's bits where sums have its parts",
        arguments: [1, 127, 128, 129, 1023, 1024, 1025, 2500], [[33, 70, 5, 3], [784, 64, 8, 10], [900, 3], [8, 2]])
    func zeros(count: Int, widths: [Int]) throws {
        let network = Network.random(widths, seed: 6)
        let points = LabelledPoints.mostlyZero(count, inputSize: widths[0], classCount: 2, seed: 7)
        try #require(points.sortedInputs != nil)
        let (features, logits) = network.featuresAndLogits(of: points)
        let dense = network.activations(of: points.inputs, count: count)
        let denseFeatures = widths.count == 2 ? points.inputs : dense.layers[dense.layers.count - 2]
        // OpenBLAS sums up small products in one, and a pass in one block has the other layers' products, too.
        let isLarge = count * widths[0] * widths[1] > 1_000_000 && count <= Network.blockSize
        if isLarge, BLASKernel.name == "SkylakeX", Kernels.current.set.fuses {
            let isEqual = features == denseFeatures && logits == dense.logits
            #expect(isEqual)
        }
        let classes = widths[widths.count - 1]
        try #require(logits.count == count * classes && features.count == denseFeatures.count)
        for point in stride(from: 0, to: count, by: max(1, count / 50)) {
            let expected = SlowNetwork(network: network).outputs(points.input(point))
            for c in 0..<classes {
                #expect(abs(Double(logits[point * classes + c]) - expected[expected.count - 1][c]) < 1e-4)
            }
        }
    }

    @Test("Inputs of which half are not zero are not sorted, and copies of points share what was sorted")
    func sorting() {
        #expect(LabelledPoints(inputs: [0, 1, 1, 0], labels: [0, 0], inputSize: 2).sortedInputs == nil)
        #expect(LabelledPoints(inputs: [], labels: [], inputSize: 2).sortedInputs == nil)
        let points = LabelledPoints(inputs: [0, 1, 0, 0], labels: [0, 0], inputSize: 2)
        let copy = points
        #expect(points.sortedInputs != nil && points.sortedInputs === copy.sortedInputs)
    }

    @Test("Without a hidden layer the features are the inputs, over several blocks too")
    func noHiddenLayer() {
        let points = LabelledPoints.random(1100, inputSize: 4, classCount: 3, seed: 5)
        let (features, logits) = Network.random([4, 3], seed: 5).featuresAndLogits(of: points)
        #expect(features == points.inputs)
        #expect(logits.count == 3300)
    }

    @Test("No points give no features")
    func noPoints() {
        let points = LabelledPoints(inputs: [], labels: [], inputSize: 4)
        let (features, logits) = Network.random([4, 2, 3], seed: 5).featuresAndLogits(of: points)
        #expect(features.isEmpty)
        #expect(logits.isEmpty)
    }

    @Test("A NaN in a hidden layer reaches the logits instead of being rectified away")
    func notANumber() {
        var network = Network.random([2, 3, 2], seed: 6)
        network.parameters[network.architecture.layers[0].biasOffset] = .nan
        let activations = network.activations(of: [0.5, 0.5], count: 1)
        #expect(activations.layers[0][0].isNaN)
        #expect(activations.logits.allSatisfy { $0.isNaN })
    }
}
